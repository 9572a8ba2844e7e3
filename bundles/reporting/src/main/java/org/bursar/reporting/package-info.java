/** Reports. */
@Export
@Version("1.0.0")
@NullMarked
package org.bursar.reporting;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

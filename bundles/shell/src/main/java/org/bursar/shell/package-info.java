/** What shell commands share. */
@Export
@Version("1.0.0")
@NullMarked
package org.bursar.shell;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

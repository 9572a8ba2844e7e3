/** Users and what is done in their name: creating them, audit, seats. */
@Export
@Version("1.0.0")
@NullMarked
package org.bursar.identity;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

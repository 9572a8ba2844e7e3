/** Where the data is, and transactions over it. JDK, kernel and JDBC types only. */
@Export
@Version("1.0.0")
@NullMarked
package org.bursar.database;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

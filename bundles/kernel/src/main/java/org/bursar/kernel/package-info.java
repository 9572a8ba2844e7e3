/** The words that every bundle shares: typed ids, money, wallet amounts, scope, pages, problems. JDK only. */
@Export
@Version("1.0.0")
@NullMarked
package org.bursar.kernel;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

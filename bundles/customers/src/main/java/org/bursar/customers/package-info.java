/** Customers, what belongs to them in other capabilities, and access: may this customer be served now. */
@Export
@Version("1.0.0")
@NullMarked
package org.bursar.customers;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** What is sold for money: packages of credit, purchases, and the gateways that take the money. */
@Export
@Version("1.0.0")
@NullMarked
package org.bursar.purchases;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

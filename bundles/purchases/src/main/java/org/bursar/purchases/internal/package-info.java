/** Purchases over the ledger and the gateways. */
@NullMarked
package org.bursar.purchases.internal;

import org.jspecify.annotations.NullMarked;

/** Gateway: Stripe Checkout, cards that Stripe keeps, refunds. Exports nothing. */
@NullMarked
package org.bursar.payments.stripe;

import org.jspecify.annotations.NullMarked;

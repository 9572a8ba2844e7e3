/** A Stripe of our own, on the loopback interface: its objects are made from Stripe's published examples. */
@NullMarked
package org.bursar.testing.stripe;

import org.jspecify.annotations.NullMarked;

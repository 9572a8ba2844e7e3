package org.bursar.credits.internal;

import org.bursar.kernel.CustomerId;
import org.bursar.kernel.UserId;

/** A user who spends a customer's credit. */
record Spender(CustomerId customer, UserId user) {}

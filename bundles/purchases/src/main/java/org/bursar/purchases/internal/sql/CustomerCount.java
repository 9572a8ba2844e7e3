package org.bursar.purchases.internal.sql;

import org.bursar.kernel.CustomerId;

/** How many purchases a customer has. */
public record CustomerCount(CustomerId customerId, long purchases) {}

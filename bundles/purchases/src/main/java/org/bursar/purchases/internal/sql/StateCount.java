package org.bursar.purchases.internal.sql;

import org.bursar.purchases.PurchaseState;

/** How many purchases are in a state. */
public record StateCount(PurchaseState state, long purchases) {}

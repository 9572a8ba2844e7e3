package org.bursar.plans.internal.sql;

import org.bursar.kernel.CustomerId;

/** A customer whose subscription is in a state. */
public record StateRow(String state, CustomerId customerId) {}

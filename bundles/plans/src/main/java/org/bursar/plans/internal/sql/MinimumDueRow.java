package org.bursar.plans.internal.sql;

import java.time.Instant;
import org.bursar.kernel.CustomerId;

/** When a customer's minimum is to be looked at. */
public record MinimumDueRow(CustomerId customerId, Instant minimumDue) {}

package org.bursar.plans.internal.sql;

import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PlanId;
import org.bursar.plans.BillingCycle;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code plans.subscription_term}: what held from an instant on.
 *
 * @param planId null when the subscription had ended
 */
public record TermRow(
        CustomerId customerId,
        Instant startsAt,
        @Nullable PlanId planId,
        @Nullable Integer number,
        Instant anchor,
        BillingCycle cycle,
        String zone) {}

package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PlanId;
import org.bursar.plans.BillingCycle;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code plans.subscription_term}: what held from an instant on.
 *
 * @param planId null when the subscription had ended
 * @param stubFrom where cycles by the calendar begin; null: with the anchor
 * @param minimum what the usage of a cycle is charged at least; null: nothing
 */
public record TermRow(
        CustomerId customerId,
        Instant startsAt,
        @Nullable PlanId planId,
        @Nullable Integer number,
        Instant anchor,
        @Nullable Instant stubFrom,
        BillingCycle cycle,
        String zone,
        @Nullable BigDecimal minimum) {}

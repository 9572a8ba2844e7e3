package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.SubscriptionId;
import org.bursar.plans.BillingCycle;
import org.jspecify.annotations.Nullable;

/** A row of {@code plans.subscription} with what is shown of its plan and version. */
public record SubscriptionRow(
        CustomerId customerId,
        SubscriptionId subscriptionId,
        PlanId planId,
        int number,
        String status,
        Instant anchor,
        @Nullable Instant stubFrom,
        BillingCycle cycle,
        String zone,
        Instant paidUntil,
        @Nullable BigDecimal paidPrice,
        @Nullable Instant overdueAt,
        @Nullable Instant minimumDue,
        @Nullable Instant lockedAt,
        @Nullable String lockedBy,
        @Nullable String lockReason,
        @Nullable PlanId pendingPlanId,
        @Nullable Integer pendingNumber,
        @Nullable String pendingPlanKey,
        boolean cancelAtEnd,
        Instant startedAt,
        @Nullable Instant cancelledAt,
        @Nullable PurchaseId saleId,
        boolean saleFailing,
        long version,
        String planKey,
        String planName,
        BigDecimal priceAmount,
        String priceCurrency,
        @Nullable Integer userLimit,
        @Nullable Integer concurrencyLimit,
        @Nullable Integer requestLimit,
        @Nullable Integer graceDays,
        @Nullable BigDecimal allowance) {

    /** Whether it has not had a cycle yet. */
    public boolean trialing() {
        return status.equals("TRIALING");
    }

    /** Whether it has ended. */
    public boolean cancelled() {
        return cancelledAt != null;
    }
}

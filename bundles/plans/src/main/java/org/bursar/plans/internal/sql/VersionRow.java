package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.PlanId;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Subscriptions.When;
import org.jspecify.annotations.Nullable;

/** A row of {@code plans.plan_version}. */
public record VersionRow(
        PlanId planId,
        int number,
        BigDecimal priceAmount,
        String priceCurrency,
        BillingCycle cycle,
        @Nullable Integer userLimit,
        @Nullable Integer concurrencyLimit,
        @Nullable Integer requestLimit,
        @Nullable When upgradeWhen,
        @Nullable When downgradeWhen,
        @Nullable Integer trialDays,
        @Nullable Integer graceDays,
        @Nullable BigDecimal minimum,
        boolean calendar,
        @Nullable BigDecimal allowance,
        Instant createdAt) {}

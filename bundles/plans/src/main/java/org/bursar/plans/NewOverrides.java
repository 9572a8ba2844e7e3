package org.bursar.plans;

import java.math.BigDecimal;
import java.util.List;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.bursar.plans.NewPlanVersion.NewRate;
import org.bursar.plans.Subscriptions.When;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is to have instead of its plan's terms, all of it, as it was asked for.
 *
 * @param price null: the plan's
 * @param minimum zero: none; null: the plan's
 * @param rates null: the plan's
 * @param when null: at once
 */
public record NewOverrides(
        @Nullable NewPrice price,
        @Nullable BigDecimal minimum,
        @Nullable List<@Nullable NewRate> rates,
        @Nullable When when) {
    /** Nothing but the plan's terms, at once. */
    public static final NewOverrides NONE = new NewOverrides(null, null, null, null);
}

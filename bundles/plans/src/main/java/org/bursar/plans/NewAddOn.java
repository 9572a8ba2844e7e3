package org.bursar.plans;

import java.math.BigDecimal;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.jspecify.annotations.Nullable;

/**
 * An add-on to be created or changed, as it was asked for; {@link AddOns} checks it.
 *
 * @param key not looked at in a change
 * @param unitPrice of one, each month
 * @param limit null: it raises none
 * @param raisesBy null: 1 where there is a limit
 * @param minQuantity a whole number; null: 1
 * @param maxQuantity a whole number; null: {@link AddOns#MOST}
 * @param active null: true
 */
public record NewAddOn(
        @Nullable String key,
        @Nullable String name,
        @Nullable NewPrice unitPrice,
        @Nullable Limit limit,
        @Nullable Integer raisesBy,
        @Nullable BigDecimal minQuantity,
        @Nullable BigDecimal maxQuantity,
        @Nullable Boolean active) {}

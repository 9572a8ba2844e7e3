package org.bursar.plans;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A meter to be created, as it was asked for; {@link Meters#create} checks it.
 *
 * @param costPerUnit null: nothing
 * @param aggregation null: {@link Aggregation#SUM}
 */
public record NewMeter(
        @Nullable String key,
        @Nullable String name,
        @Nullable String unit,
        @Nullable BigDecimal costPerUnit,
        @Nullable Aggregation aggregation) {}

package org.bursar.plans;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What of a meter can change. A new cost counts from the next event on.
 *
 * @param costPerUnit at most 12 places
 */
public record MeterChange(
        @Nullable String name,
        @Nullable String unit,
        @Nullable BigDecimal costPerUnit) {}

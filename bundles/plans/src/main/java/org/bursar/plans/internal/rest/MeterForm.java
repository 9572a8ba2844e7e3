package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.bursar.plans.Aggregation;
import org.bursar.plans.NewMeter;
import org.jspecify.annotations.Nullable;

/** What is sent to create a meter. */
@Schema(
        name = "NewMeter",
        requiredProperties = {"key", "name", "unit"})
record MeterForm(
        @Schema(example = "voice-minutes", description = "unique, never changed; the type of usage events") @Nullable
        String key,

        @Schema(example = "Conversation minutes") @Nullable String name,
        @Schema(example = "minute") @Nullable String unit,

        @Schema(type = "string", example = "0.031", description = "what one costs the tenant; at most 12 places")
        @Nullable
        BigDecimal costPerUnit,

        @Schema(
                type = "string",
                allowableValues = {"sum", "count"},
                description = "sum without it")
        @Nullable
        Aggregation aggregation) {
    static final MeterForm EMPTY = new MeterForm(null, null, null, null, null);

    NewMeter meter() {
        return new NewMeter(key, name, unit, costPerUnit, aggregation);
    }
}

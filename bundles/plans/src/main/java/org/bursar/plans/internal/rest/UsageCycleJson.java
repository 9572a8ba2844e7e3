package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.bursar.plans.UsageCycle;

/** What was consumed in a cycle, as it is shown. */
@Schema(name = "UsageCycle")
record UsageCycleJson(Instant from, Instant to, List<MeterJson> meters) {
    static UsageCycleJson of(UsageCycle cycle) {
        return new UsageCycleJson(
                cycle.from(),
                cycle.to(),
                cycle.meters().stream().map(MeterJson::of).toList());
    }

    /** One meter. */
    @Schema(name = "UsageCycleMeter")
    record MeterJson(
            @Schema(example = "voice-minutes") String meter,
            String name,
            String unit,
            @Schema(type = "string", example = "500.00") BigDecimal included,
            @Schema(type = "string", example = "600.00") BigDecimal consumed,
            @Schema(type = "string", example = "100.00") BigDecimal overage,
            @Schema(type = "string", example = "8.50") BigDecimal charge) {
        static MeterJson of(UsageCycle.MeterUsage usage) {
            return new MeterJson(
                    usage.key(),
                    usage.name(),
                    usage.unit(),
                    usage.included(),
                    usage.consumed(),
                    usage.overage(),
                    usage.charge());
        }
    }
}

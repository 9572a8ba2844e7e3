package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.bursar.plans.Meter;
import org.bursar.plans.MeterChange;
import org.jspecify.annotations.Nullable;

/** What of a meter can be patched. */
@Schema(name = "MeterPatch")
record MeterPatch(
        @Nullable String name,
        @Nullable String unit,

        @Schema(type = "string", description = "counts from the next event on") @Nullable
        BigDecimal costPerUnit) {
    static MeterPatch of(Meter meter) {
        return new MeterPatch(meter.name(), meter.unit(), meter.costPerUnit());
    }

    MeterChange change() {
        return new MeterChange(name, unit, costPerUnit);
    }
}

package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.Scope;
import org.bursar.plans.Aggregation;
import org.bursar.plans.Meter;
import org.jspecify.annotations.Nullable;

/** A meter as it is shown. */
@Schema(name = "Meter")
record MeterJson(
        @Schema(type = "string", example = "mtr_01h2xcejqtf2nbrexx3vqjhp41")
        MeterId id,

        String key,
        String name,
        String unit,

        @Schema(
                type = "string",
                allowableValues = {"sum", "count"})
        Aggregation aggregation,

        @Schema(
                type = "string",
                description = "null for a customer's own users: what it costs is the tenant's business")
        @Nullable
        BigDecimal costPerUnit,

        Instant createdAt) {
    static MeterJson of(Scope scope, Meter meter) {
        return new MeterJson(
                meter.id(),
                meter.key(),
                meter.name(),
                meter.unit(),
                meter.aggregation(),
                scope.customers().isPresent() ? null : meter.costPerUnit(),
                meter.createdAt());
    }
}

package org.bursar.metering.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.bursar.kernel.Scope;
import org.bursar.metering.UsageDay;
import org.jspecify.annotations.Nullable;

/** A day's usage of a meter, as it is shown. */
@Schema(name = "UsageDay")
record DayJson(
        @Schema(example = "2026-11-21", description = "in UTC")
        String day,

        @Schema(example = "voice-minutes") String meter,
        String unit,
        long events,
        @Schema(type = "string") BigDecimal quantity,
        @Schema(type = "string") BigDecimal charge,

        @Schema(type = "string", description = "null for a customer's own users") @Nullable
        BigDecimal cost) {
    /** The columns of {@link #cells}. */
    static final List<String> HEADER = List.of("day", "meter", "unit", "events", "quantity", "charge", "cost");

    static DayJson of(Scope scope, UsageDay day) {
        return new DayJson(
                day.day().toString(),
                day.meterKey(),
                day.unit(),
                day.events(),
                day.quantity(),
                day.charge(),
                scope.customers().isPresent() ? null : day.cost());
    }

    /** As a row of CSV. */
    List<@Nullable Object> cells() {
        return Arrays.asList(day, meter, unit, events, quantity, charge, cost);
    }

    /** A page of days, for the OpenAPI document. */
    @Schema(name = "UsageDayList")
    record Days(List<DayJson> items, @Nullable String next) {}
}

package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.credits.SpendCap;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;

/** A user's cap as it travels. */
@Schema(name = "SpendCap")
record CapJson(
        @Schema(type = "string", example = "cus_01h2xcejqtf2nbrexx3vqjhp41")
        CustomerId customer,

        @Schema(type = "string", example = "usr_01h2xcejqtf2nbrexx3vqjhp41")
        UserId user,

        @Schema(type = "string", example = "50.00") BigDecimal amount,

        @Schema(
                type = "string",
                allowableValues = {"total", "day", "month"})
        SpendCap.Period period,

        @Schema(type = "string", example = "12.30", description = "in the present period")
        BigDecimal spent,

        @Schema(type = "string", example = "5.00", description = "reserved by open holds")
        BigDecimal held,

        @Schema(type = "string", example = "32.70", description = "below zero when more was spent than the amount")
        BigDecimal available,

        @Schema(description = "when it begins anew; null when it never does") @Nullable
        Instant until,

        @Schema(description = "whether the customer's own people may only lower it")
        boolean byTenant) {
    static CapJson of(SpendCap cap) {
        return new CapJson(
                cap.customer(),
                cap.user(),
                cap.amount(),
                cap.period(),
                cap.spent(),
                cap.held(),
                cap.available(),
                cap.until(),
                cap.byTenant());
    }
}

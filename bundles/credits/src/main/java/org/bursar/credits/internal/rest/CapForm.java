package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.Objects;
import org.bursar.credits.SpendCap;
import org.bursar.kernel.Checks;
import org.jspecify.annotations.Nullable;

/** What is sent to set a user's cap. */
@Schema(
        name = "NewSpendCap",
        requiredProperties = {"amount", "period"})
record CapForm(
        @Schema(type = "string", example = "50.00", description = "zero or more, at most 6 places; zero: nothing")
        @Nullable
        BigDecimal amount,

        @Schema(
                type = "string",
                allowableValues = {"total", "day", "month"},
                description = "after what it begins anew, in the tenant's time zone")
        SpendCap.@Nullable Period period) {
    static final CapForm EMPTY = new CapForm(null, null);

    /** The same, complete. */
    record Checked(BigDecimal amount, SpendCap.Period period) {}

    Checked checked() {
        Checks checks = new Checks();
        BigDecimal amount = checks.amount("/amount", this.amount);
        SpendCap.Period period = checks.present("/period", this.period);
        checks.done();
        return new Checked(amount, Objects.requireNonNull(period));
    }
}

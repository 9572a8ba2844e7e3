package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.Objects;
import org.bursar.credits.Wholesale;
import org.bursar.kernel.Checks;
import org.jspecify.annotations.Nullable;

/** The terms on which a tenant buys of the platform. */
@Schema(
        name = "WholesaleTerms",
        requiredProperties = {"unit", "rate", "overdraft"})
record WholesaleForm(
        @Schema(example = "EUR", maxLength = 32, description = "stays what it was first") @Nullable
        String unit,

        @Schema(type = "string", example = "0.40", description = "greater than zero, at most 12 places") @Nullable
        BigDecimal rate,

        @Schema(type = "string", example = "500.00", description = "how far below zero holds may go; zero: prepaid")
        @Nullable
        BigDecimal overdraft) {
    static final WholesaleForm EMPTY = new WholesaleForm(null, null, null);

    Wholesale.Terms checked() {
        Checks checks = new Checks();
        String unit = checks.present("/unit", this.unit);
        BigDecimal rate = checks.present("/rate", this.rate);
        BigDecimal overdraft = checks.present("/overdraft", this.overdraft);
        checks.done();
        return new Wholesale.Terms(
                Objects.requireNonNull(unit), Objects.requireNonNull(rate), Objects.requireNonNull(overdraft));
    }
}

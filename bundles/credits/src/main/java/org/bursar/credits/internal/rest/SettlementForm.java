package org.bursar.credits.internal.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.bursar.kernel.Checks;
import org.jspecify.annotations.Nullable;

/** What is sent to settle a hold. */
@Schema(name = "HoldSettlement", requiredProperties = "amount")
record SettlementForm(
        @Schema(
                type = "string",
                example = "3.20",
                description = "at most the rest of the hold; zero, when final, releases it")
        @Nullable
        BigDecimal amount,

        @Schema(name = "final", defaultValue = "true", description = "false keeps the rest held")
        @JsonProperty("final")
        @Nullable
        Boolean last) {
    static final SettlementForm EMPTY = new SettlementForm(null, null);

    /** Whether it is the last: unless the caller says otherwise. */
    boolean endsIt() {
        return last == null || last;
    }

    BigDecimal checked() {
        Checks checks = new Checks();
        BigDecimal checked = endsIt() ? checks.amount("/amount", amount) : checks.positiveAmount("/amount", amount);
        checks.done();
        return checked;
    }
}

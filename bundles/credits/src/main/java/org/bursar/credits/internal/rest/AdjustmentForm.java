package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.Objects;
import org.bursar.credits.Adjustment;
import org.bursar.kernel.Checks;
import org.jspecify.annotations.Nullable;

/** What is sent to adjust a balance. */
@Schema(
        name = "NewAdjustment",
        requiredProperties = {"operation", "amount", "reason"})
record AdjustmentForm(
        @Schema(
                type = "string",
                allowableValues = {"add", "deduct"})
        Adjustment.@Nullable Operation operation,

        @Schema(type = "string", example = "10.00", description = "greater than zero, at most 6 places") @Nullable
        BigDecimal amount,

        @Schema(maxLength = Adjustment.LONGEST_REASON, example = "goodwill") @Nullable
        String reason) {
    static final AdjustmentForm EMPTY = new AdjustmentForm(null, null, null);

    Adjustment checked() {
        Checks checks = new Checks();
        Adjustment.Operation operation = checks.present("/operation", this.operation);
        BigDecimal amount = checks.positiveAmount("/amount", this.amount);
        String reason = checks.text("/reason", this.reason, Adjustment.LONGEST_REASON);
        checks.done();
        return new Adjustment(Objects.requireNonNull(operation), amount, reason);
    }
}

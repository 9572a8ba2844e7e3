package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
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
        String reason,

        @Schema(description = "from when on what is left of it cannot be spent; only with add, in the future") @Nullable
        Instant expiresAt,

        @Schema(
                minimum = "0",
                maximum = "1000",
                defaultValue = "100",
                description = "the smaller is spent before the larger; only with add")
        @Nullable
        Integer priority) {
    static final AdjustmentForm EMPTY = new AdjustmentForm(null, null, null, null, null);

    Adjustment checked() {
        Checks checks = new Checks();
        Adjustment.Operation operation = checks.present("/operation", this.operation);
        BigDecimal amount = checks.positiveAmount("/amount", this.amount);
        String reason = checks.text("/reason", this.reason, Adjustment.LONGEST_REASON);
        checks.done();
        return new Adjustment(
                Objects.requireNonNull(operation),
                amount,
                reason,
                Optional.ofNullable(expiresAt),
                Optional.ofNullable(priority));
    }
}

package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;

/** A hold as it travels. */
@Schema(name = "Hold")
record HoldJson(
        @Schema(type = "string", example = "hld_01h2xcejqtf2nbrexx3vqjhp41")
        HoldId id,

        @Schema(type = "string", example = "cus_01h2xcejqtf2nbrexx3vqjhp41")
        CustomerId customer,

        @Schema(
                type = "string",
                allowableValues = {"open", "settled", "released", "expired"})
        HoldStatus status,

        @Schema(type = "string", example = "5.00", description = "what was reserved in the beginning")
        BigDecimal amount,

        @Schema(type = "string", example = "3.20", description = "what was charged so far")
        BigDecimal settled,

        @Schema(description = "whether something was charged when its time had run out")
        boolean afterExpiry,

        @Schema(description = "the usage event that it is for") @Nullable
        String usageEvent,

        @Schema(type = "string", description = "the person for whom it is") @Nullable
        UserId user,

        Instant expiresAt,
        Instant createdAt) {
    static HoldJson of(Hold hold) {
        return new HoldJson(
                hold.id(),
                hold.customer(),
                hold.status(),
                hold.amount(),
                hold.settled(),
                hold.afterExpiry(),
                hold.usageEvent(),
                hold.user(),
                hold.expiresAt(),
                hold.createdAt());
    }
}

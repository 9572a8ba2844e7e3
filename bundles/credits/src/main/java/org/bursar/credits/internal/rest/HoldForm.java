package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.bursar.credits.NewHold;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;

/** What is sent to place a hold. */
@Schema(
        name = "NewHold",
        requiredProperties = {"customer", "amount", "ttlSeconds"})
record HoldForm(
        @Schema(type = "string", example = "cus_01h2xcejqtf2nbrexx3vqjhp41") @Nullable
        CustomerId customer,

        @Schema(type = "string", example = "5.00", description = "greater than zero, at most 6 places") @Nullable
        BigDecimal amount,

        @Schema(minimum = "1", maximum = "86400", example = "60") @Nullable
        Integer ttlSeconds,

        @Schema(
                maxLength = NewHold.LONGEST_USAGE_EVENT,
                description = "the usage event that it is for; its settlements then count as that usage in reports")
        @Nullable
        String usageEvent,

        @Schema(
                type = "string",
                example = "usr_01h2xcejqtf2nbrexx3vqjhp41",
                description = "the person for whom it is, whose cap must cover it too")
        @Nullable
        UserId user) {
    static final HoldForm EMPTY = new HoldForm(null, null, null, null, null);

    NewHold checked() {
        Checks checks = new Checks();
        CustomerId customer = checks.present("/customer", this.customer);
        BigDecimal amount = checks.positiveAmount("/amount", this.amount);
        int ttlSeconds = checks.range("/ttlSeconds", this.ttlSeconds, 1, NewHold.LONGEST_TTL_SECONDS);
        String usageEvent = checks.optionalText("/usageEvent", this.usageEvent, NewHold.LONGEST_USAGE_EVENT);
        checks.done();
        return new NewHold(
                Objects.requireNonNull(customer),
                amount,
                ttlSeconds,
                Optional.ofNullable(usageEvent),
                Optional.ofNullable(user));
    }
}

package org.bursar.credits.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.credits.Hold;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code credits.hold}.
 *
 * @param wholesaleRate at which it is charged to the tenant's wholesale wallet; null when that was not there
 * @param wholesaleHeld what is reserved there at present; null when nothing is
 */
public record HoldRow(
        HoldId id,
        CustomerId customer,
        BigDecimal amount,
        BigDecimal settled,
        int status,
        boolean afterExpiry,
        @Nullable String usageEvent,
        @Nullable UserId user,
        Instant expiresAt,
        Instant createdAt,
        long version,
        @Nullable BigDecimal wholesaleRate,
        @Nullable BigDecimal wholesaleHeld) {
    /** A hold that is to be stored, or stored anew. */
    public static HoldRow of(Hold hold, @Nullable BigDecimal wholesaleRate, @Nullable BigDecimal wholesaleHeld) {
        return new HoldRow(
                hold.id(),
                hold.customer(),
                hold.amount(),
                hold.settled(),
                Codes.of(hold.status()),
                hold.afterExpiry(),
                hold.usageEvent(),
                hold.user(),
                hold.expiresAt(),
                hold.createdAt(),
                hold.version(),
                wholesaleRate,
                wholesaleHeld);
    }

    /** As other capabilities see it. */
    public Hold hold() {
        return new Hold(
                id,
                customer,
                amount,
                settled,
                Codes.status(status),
                afterExpiry,
                usageEvent,
                user,
                expiresAt,
                createdAt,
                version);
    }
}

package org.bursar.credits.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.credits.Hold;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.jspecify.annotations.Nullable;

/** A row of {@code credits.hold}. */
public record HoldRow(
        HoldId id,
        CustomerId customer,
        BigDecimal amount,
        BigDecimal settled,
        int status,
        boolean afterExpiry,
        @Nullable String usageEvent,
        Instant expiresAt,
        Instant createdAt,
        long version) {
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
                expiresAt,
                createdAt,
                version);
    }
}

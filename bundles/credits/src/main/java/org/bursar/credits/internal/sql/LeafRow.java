package org.bursar.credits.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.bursar.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code credits.entry}, every column but the tenant.
 *
 * @param place where it stands in what was asked for
 */
public record LeafRow(
        int place,
        CustomerId customer,
        long seq,
        BigDecimal amount,
        BigDecimal balanceAfter,
        int contra,
        int kind,
        @Nullable String reference,
        @Nullable String reason,
        UUID idempotencyKey,
        Instant createdAt) {}

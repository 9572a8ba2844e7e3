package org.bursar.credits.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/** A wallet beside one of its lots; a wallet without any comes once, with nulls. */
public record StockRow(
        CustomerId customer,
        String unit,
        BigDecimal balance,
        BigDecimal held,
        BigDecimal overdraft,
        long lastSeq,
        long version,
        Instant createdAt,
        @Nullable Instant nextExpiry,
        @Nullable BigDecimal wholesaleRate,
        @Nullable Long seq,
        @Nullable Integer kind,
        @Nullable String reference,
        @Nullable BigDecimal granted,
        @Nullable BigDecimal remaining,
        @Nullable BigDecimal expired,
        @Nullable Integer priority,
        @Nullable Instant expiresAt,
        @Nullable Instant grantedAt) {
    /** The wallet. */
    public WalletRow wallet() {
        return new WalletRow(
                customer, unit, balance, held, overdraft, lastSeq, version, createdAt, nextExpiry, wholesaleRate);
    }

    /** The lot. */
    public Optional<LotRow> lot() {
        if (seq == null
                || kind == null
                || granted == null
                || remaining == null
                || expired == null
                || priority == null
                || grantedAt == null) {
            return Optional.empty();
        }
        return Optional.of(new LotRow(
                customer, seq, kind, reference, granted, remaining, expired, priority, expiresAt, grantedAt));
    }
}

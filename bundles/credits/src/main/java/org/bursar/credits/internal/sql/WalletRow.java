package org.bursar.credits.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.credits.Balance;
import org.bursar.credits.Wallet;
import org.bursar.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code credits.wallet}.
 *
 * @param nextExpiry before it no lot of the wallet expires; null when none ever does
 * @param wholesaleRate what a unit of the customers' wallets costs the tenant; null except in the tenant's wholesale wallet
 */
public record WalletRow(
        CustomerId customer,
        String unit,
        BigDecimal balance,
        BigDecimal held,
        BigDecimal overdraft,
        long lastSeq,
        long version,
        Instant createdAt,
        @Nullable Instant nextExpiry,
        @Nullable BigDecimal wholesaleRate) {
    /** Whether the time of a lot may have run out. */
    public boolean overdue(Instant now) {
        return nextExpiry != null && !nextExpiry.isAfter(now);
    }

    /** The same wallet with less in it. */
    public WalletRow less(BigDecimal amount) {
        return with(balance.subtract(amount), held);
    }

    /** The same wallet with more of it reserved. */
    public WalletRow reserving(BigDecimal amount) {
        return with(balance, held.add(amount));
    }

    private WalletRow with(BigDecimal balance, BigDecimal held) {
        return new WalletRow(
                customer, unit, balance, held, overdraft, lastSeq, version, createdAt, nextExpiry, wholesaleRate);
    }

    /** What it holds. */
    public Balance holding() {
        return new Balance(unit, balance, held, overdraft);
    }

    /** As other capabilities see it. */
    public Wallet wallet() {
        return new Wallet(customer, holding(), lastSeq, createdAt, version);
    }
}

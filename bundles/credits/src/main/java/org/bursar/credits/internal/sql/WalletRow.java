package org.bursar.credits.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.credits.Balance;
import org.bursar.credits.Wallet;
import org.bursar.kernel.CustomerId;

/** A row of {@code credits.wallet}. */
public record WalletRow(
        CustomerId customer,
        String unit,
        BigDecimal balance,
        BigDecimal held,
        BigDecimal overdraft,
        long lastSeq,
        long version,
        Instant createdAt) {
    /** What it holds. */
    public Balance holding() {
        return new Balance(unit, balance, held, overdraft);
    }

    /** As other capabilities see it. */
    public Wallet wallet() {
        return new Wallet(customer, holding(), lastSeq, createdAt, version);
    }
}

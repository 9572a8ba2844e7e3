package org.bursar.credits.internal.sql;

import java.math.BigDecimal;
import org.bursar.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * What a wallet says of itself, beside what its entries and holds say.
 *
 * @param total the sum of the entries
 * @param firstGap the first entry whose number is not its place
 * @param firstBreak the first entry whose balance is not the sum up to it
 * @param openRests the rests of the open holds
 */
public record WalkedWallet(
        CustomerId customer,
        BigDecimal balance,
        BigDecimal held,
        long lastSeq,
        BigDecimal total,
        long entries,
        @Nullable Long firstGap,
        @Nullable Long firstBreak,
        BigDecimal openRests) {}

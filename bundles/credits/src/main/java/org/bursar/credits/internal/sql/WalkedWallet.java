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
 * @param grants how many entries are positive
 * @param lots how many lots there are
 * @param remaining what is left of them as they are stored; debits that are not taken from them yet make it more
 *     than the balance, never less
 * @param firstUnlike the first lot that is not what its entry added
 * @param firstUnposted the first lot of which something else expired than its entries of expiry say
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
        BigDecimal openRests,
        long grants,
        long lots,
        BigDecimal remaining,
        @Nullable Long firstUnlike,
        @Nullable Long firstUnposted) {}

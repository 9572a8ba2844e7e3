package org.bursar.credits;

import java.math.BigDecimal;

/** What became of a posting. */
public sealed interface PostResult {
    /** It is in the ledger; {@code before} tells whether an earlier call with the same key put it there. */
    record Posted(LedgerEntry entry, boolean before) implements PostResult {}

    /** The wallet has too little; nothing was posted for this posting. */
    record Insufficient(BigDecimal available) implements PostResult {}

    /** There is no such wallet within the scope. */
    record NoWallet() implements PostResult {}
}

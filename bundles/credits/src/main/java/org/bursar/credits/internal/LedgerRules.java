package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bursar.credits.Balance;
import org.bursar.credits.CreditsProblems;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.ProblemException;

/**
 * Decides postings over wallets that nobody else can change meanwhile. Arithmetic alone: it reads and writes nothing.
 */
final class LedgerRules {
    private final Instant now;
    private final Map<CustomerId, Running> wallets = new LinkedHashMap<>();
    private final Map<Key, LedgerEntry> known = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();

    LedgerRules(Instant now) {
        this.now = now;
    }

    /** A key is known within a wallet. */
    private record Key(CustomerId customer, UUID key) {}

    /** An entry that is to be written. */
    record Line(LedgerEntry entry, Contra contra, UUID key) {}

    /** How a wallet moves in the end. */
    record Move(CustomerId customer, Balance before, BigDecimal amount, long entries, long lastSeq) {}

    /** A wallet as the postings so far have left it. */
    private static final class Running {
        private final Balance before;
        private final long lastSeq;
        private BigDecimal balance;
        private long seq;

        Running(Balance before, long lastSeq) {
            this.before = before;
            this.lastSeq = lastSeq;
            balance = before.balance();
            seq = lastSeq;
        }

        Balance present() {
            return new Balance(before.unit(), balance, before.held(), before.overdraft());
        }
    }

    /** A wallet as it was read under its lock. */
    LedgerRules wallet(CustomerId customer, Balance balance, long lastSeq) {
        wallets.put(customer, new Running(balance, lastSeq));
        return this;
    }

    /** An entry that is in the ledger under that key. */
    LedgerRules known(UUID key, LedgerEntry entry) {
        known.put(new Key(entry.customer(), key), entry);
        return this;
    }

    /** Decides one posting, by what those before it left. */
    PostResult decide(Posting posting, Contra contra) {
        Running wallet = wallets.get(posting.customer());
        if (wallet == null) {
            return new PostResult.NoWallet();
        }
        Key key = new Key(posting.customer(), posting.key());
        LedgerEntry earlier = known.get(key);
        if (earlier != null) {
            return new PostResult.Posted(earlier, true);
        }
        boolean takes = posting.amount().signum() < 0;
        Balance present = wallet.present();
        if (posting.guarded() && takes && !present.covers(posting.amount().negate())) {
            return new PostResult.Insufficient(present.available());
        }
        LedgerEntry entry = append(wallet, posting);
        known.put(key, entry);
        lines.add(new Line(entry, contra, posting.key()));
        return new PostResult.Posted(entry, false);
    }

    private LedgerEntry append(Running wallet, Posting posting) {
        BigDecimal after = wallet.balance.add(posting.amount());
        if (!Decimals.fits(after, Decimals.AMOUNT_PLACES)) {
            throw new ProblemException(
                    CreditsProblems.BALANCE_OUT_OF_RANGE, "The balance would be " + Decimals.text(after) + ".");
        }
        wallet.balance = after;
        wallet.seq++;
        return new LedgerEntry(
                posting.customer(),
                wallet.seq,
                posting.amount(),
                after,
                posting.kind(),
                posting.reference().orElse(null),
                posting.reason().orElse(null),
                now);
    }

    /** The entries to write, in the order in which they were decided. */
    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** The wallets that move. */
    List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        wallets.forEach((customer, wallet) -> {
            long entries = wallet.seq - wallet.lastSeq;
            if (entries > 0) {
                BigDecimal amount = wallet.balance.subtract(wallet.before.balance());
                moves.add(new Move(customer, wallet.before, amount, entries, wallet.lastSeq));
            }
        });
        return moves;
    }
}

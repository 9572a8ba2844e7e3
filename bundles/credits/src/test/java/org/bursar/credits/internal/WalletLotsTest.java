package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Grant;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.Lot;
import org.bursar.credits.Posting;
import org.bursar.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/** Lots that are put off until they matter come to what they come to on paper, where nothing is put off. */
final class WalletLotsTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final CustomerId CUSTOMER = CustomerId.next(Clock.systemUTC());

    /** What can happen to a wallet. */
    enum What {
        GRANT,
        PROMOTE,
        USE,
        HOLD,
        SETTLE,
        GIVE_BACK_HELD,
        REFUND,
        REVERSE_REFUND,
        WAIT,
        JOB
    }

    /**
     * One step.
     *
     * @param amount in millionths
     */
    record Step(What what, long amount, int which) {
        BigDecimal decimal() {
            return BigDecimal.valueOf(amount, 6);
        }
    }

    @Provide
    Arbitrary<List<Step>> lives() {
        return Combinators.combine(
                        Arbitraries.of(What.class),
                        Arbitraries.longs().between(1, 20_000_000),
                        Arbitraries.integers().between(0, 1_000))
                .as(Step::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(80);
    }

    /** The wallet as it would be stored: its row, and the rows of its lots, which plain debits leave alone. */
    private static final class Stored {
        private final Map<Long, Lot> rows = new TreeMap<>();
        private final Map<Long, Integer> names = new HashMap<>();
        private BigDecimal balance = BigDecimal.ZERO;
        private BigDecimal held = BigDecimal.ZERO;
        private BigDecimal expired = BigDecimal.ZERO;
        private @Nullable Instant nextExpiry;
        private long seq;
        private int touched;

        private WalletLots open() {
            List<Lot> live = rows.values().stream()
                    .filter(lot -> lot.remaining().signum() > 0)
                    .toList();
            return new WalletLots(CUSTOMER, live, balance);
        }

        private void expire(WalletLots lots, Instant now) {
            for (Posting posting : lots.expire(balance, held, now)) {
                balance = balance.add(posting.amount());
                expired = expired.subtract(posting.amount());
                seq++;
            }
        }

        private void store(WalletLots lots) {
            touched += lots.added().size() + lots.changed().size();
            lots.all().forEach(lot -> rows.put(lot.seq(), lot));
            nextExpiry = lots.nextExpiry();
        }

        void post(EntryKind kind, BigDecimal amount, Instant now, @Nullable Grant grant, @Nullable String reference) {
            boolean due = nextExpiry != null && !nextExpiry.isAfter(now);
            boolean ordered = amount.signum() > 0 || WalletLots.takesFromItsLot(kind);
            if (!due && !ordered) {
                balance = balance.add(amount);
                seq++;
                return;
            }
            WalletLots lots = open();
            rows.values().forEach(lots::origin);
            expire(lots, now);
            balance = balance.add(amount);
            seq++;
            lots.follow(
                    new LedgerEntry(CUSTOMER, seq, amount, balance, kind, reference, null, now),
                    Optional.ofNullable(grant));
            store(lots);
        }

        void job(Instant now) {
            WalletLots lots = open();
            expire(lots, now);
            store(lots);
        }
    }

    /** The same life twice: put off, and on paper. */
    private static final class Life {
        private final Stored stored = new Stored();
        private final PlainLots paper = new PlainLots(START);
        private final List<String> references = new ArrayList<>();
        private Instant now = START;
        private int named;

        private int name() {
            stored.names.put(stored.seq, named);
            return named++;
        }

        void take(Step step) {
            BigDecimal amount = step.decimal();
            switch (step.what()) {
                case GRANT -> grant(amount, new Grant(step.which() % 3 * 50, Optional.empty()));
                case PROMOTE ->
                    grant(amount, new Grant(step.which() % 3 * 50, Optional.of(now.plusSeconds(step.which() % 90))));
                case USE -> debit(EntryKind.USAGE, amount, null);
                case HOLD -> hold(amount);
                case SETTLE -> {
                    BigDecimal settled = amount.min(paper.held());
                    if (settled.signum() > 0) {
                        debit(EntryKind.SETTLEMENT, settled, null);
                        giveBackHeld(settled);
                    }
                }
                case GIVE_BACK_HELD -> giveBackHeld(amount.min(paper.held()));
                case REFUND -> reference(step).ifPresent(reference -> debit(EntryKind.REFUND, amount, reference));
                case REVERSE_REFUND ->
                    reference(step).ifPresent(reference -> {
                        stored.post(EntryKind.DISPUTE, amount, now, null, reference);
                        paper.giveBack(name(), amount, reference);
                    });
                case WAIT -> {
                    now = now.plusSeconds(step.which() % 40);
                    paper.until(now);
                }
                case JOB -> stored.job(now);
            }
        }

        private Optional<String> reference(Step step) {
            return references.isEmpty()
                    ? Optional.empty()
                    : Optional.of(references.get(step.which() % references.size()));
        }

        private void grant(BigDecimal amount, Grant grant) {
            String reference = "pur_" + named;
            references.add(reference);
            stored.post(EntryKind.PURCHASE, amount, now, grant, reference);
            paper.grant(name(), amount, grant.priority(), grant.expiresAt().orElse(null), reference);
        }

        private void debit(EntryKind kind, BigDecimal amount, @Nullable String reference) {
            stored.post(kind, amount.negate(), now, null, reference);
            paper.debit(amount, kind == EntryKind.SETTLEMENT, reference);
        }

        private void hold(BigDecimal amount) {
            boolean due = stored.nextExpiry != null && !stored.nextExpiry.isAfter(now);
            if (due) {
                stored.job(now);
            }
            boolean covered = stored.balance.subtract(stored.held).compareTo(amount) >= 0;
            assertThat(covered)
                    .as("what a hold is asked against is without what has expired")
                    .isEqualTo(paper.balance().subtract(paper.held()).compareTo(amount) >= 0);
            if (covered) {
                stored.held = stored.held.add(amount);
                paper.hold(amount);
            }
        }

        private void giveBackHeld(BigDecimal amount) {
            stored.held = stored.held.subtract(amount);
            paper.hold(amount.negate());
        }

        /** What a reader sees now, without writing. */
        void compare() {
            WalletLots seen = stored.open();
            BigDecimal due = seen.expire(stored.balance, stored.held, now).stream()
                    .map(Posting::amount)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            Map<Integer, BigDecimal> left = new TreeMap<>();
            BigDecimal sum = BigDecimal.ZERO;
            for (Lot lot : seen.live()) {
                left.put(
                        stored.names.getOrDefault(lot.seq(), -1),
                        lot.remaining().stripTrailingZeros());
                sum = sum.add(lot.remaining());
            }
            assertThat(stored.balance.add(due)).isEqualByComparingTo(paper.balance());
            assertThat(stored.expired.subtract(due)).isEqualByComparingTo(paper.expired());
            assertThat(left).isEqualTo(paper.left());
            assertThat(sum)
                    .as("the lots hold what the balance has above zero")
                    .isEqualByComparingTo(paper.balance().max(BigDecimal.ZERO));
        }
    }

    @Property(tries = 3_000)
    void whatIsPutOffComesToWhatItComesToOnPaper(@ForAll("lives") List<Step> steps) {
        Life life = new Life();
        for (Step step : steps) {
            life.take(step);
            life.compare();
        }
    }

    @Property(tries = 500)
    void plainDebitsTouchNoLot(@ForAll("lives") List<Step> steps) {
        Life life = new Life();
        life.grant(BigDecimal.TEN, Grant.USUAL);
        int before = life.stored.touched;
        steps.forEach(step -> life.debit(EntryKind.USAGE, step.decimal(), null));
        assertThat(life.stored.touched).isEqualTo(before);
        life.compare();
    }
}

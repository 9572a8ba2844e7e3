package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.credits.internal.Books.posting;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bursar.credits.Balance;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.credits.Lot;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

/** Random lives of a wallet with lots over a real PostgreSQL, each compared step by step with the one on paper. */
final class LotModelDbTest {
    private static TestDatabase postgres;

    @BeforeContainer
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterContainer
    static void stop() {
        postgres.close();
    }

    /** What can be done to a wallet. */
    enum What {
        GRANT,
        PROMOTE,
        USE,
        DEDUCT,
        REPEAT,
        HOLD,
        EXTEND,
        SETTLE_PART,
        SETTLE_LAST,
        RELEASE,
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
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    /** The wallet, in the database and on paper. */
    private static final class Life {
        private static final BigDecimal OVERDRAFT = new BigDecimal("5");

        private final Books books = new Books(postgres);
        private final CustomerId customer = books.customer();
        private final PlainLots paper = new PlainLots(books.clock.instant());
        private final Map<Long, Integer> names = new HashMap<>();
        private final List<String> references = new ArrayList<>();
        private final List<Posting> posted = new ArrayList<>();
        private final List<Hold> holds = new ArrayList<>();
        private int named;

        Life() {
            books.overdraft(customer, OVERDRAFT.toPlainString());
        }

        void take(Step step) {
            BigDecimal amount = step.decimal();
            switch (step.what()) {
                case GRANT -> grant(amount, step.which() % 3 * 50, null);
                case PROMOTE -> grant(amount, step.which() % 3 * 50, books.in(1 + step.which() % 90));
                case USE -> use(amount);
                case DEDUCT -> deduct(amount);
                case REPEAT -> repeat(step);
                case HOLD -> hold(step);
                case EXTEND -> extend(step);
                case SETTLE_PART -> settle(step, false);
                case SETTLE_LAST -> settle(step, true);
                case RELEASE -> release(step);
                case REFUND -> refund(step);
                case REVERSE_REFUND -> reverseRefund(step);
                case WAIT -> pass(Duration.ofSeconds(step.which() % 40));
                case JOB -> books.lotExpiry.run();
            }
            compare();
        }

        private int name(long seq) {
            names.put(seq, named);
            return named++;
        }

        private void grant(BigDecimal amount, int priority, @Nullable Instant expiresAt) {
            String reference = "pur_" + named;
            references.add(reference);
            long seq = books.grant(customer, amount.toPlainString(), priority, expiresAt, reference);
            paper.grant(name(seq), amount, priority, expiresAt, reference);
        }

        private void use(BigDecimal amount) {
            Posting posting = posting(customer, "-" + amount.toPlainString(), UUID.randomUUID(), false);
            assertThat(books.post(posting)).isInstanceOf(PostResult.Posted.class);
            posted.add(posting);
            paper.debit(amount, false, null);
        }

        private void deduct(BigDecimal amount) {
            boolean covered = available().compareTo(amount) >= 0;
            PostResult result = books.take(customer, amount.toPlainString());
            assertThat(result).isInstanceOf(covered ? PostResult.Posted.class : PostResult.Insufficient.class);
            if (covered) {
                paper.debit(amount, false, null);
            }
        }

        private void repeat(Step step) {
            if (!posted.isEmpty()) {
                PostResult result = books.post(posted.get(step.which() % posted.size()));
                assertThat(((PostResult.Posted) result).before()).isTrue();
            }
        }

        /** Time passes, and what nobody settled in time is given back by the job. */
        private void pass(Duration time) {
            books.clock.advance(time);
            paper.until(books.clock.instant());
            books.sweep.expireOverdue(books.scope);
            for (int i = 0; i < holds.size(); i++) {
                Hold hold = holds.get(i);
                if (open(hold) && !hold.expiresAt().isAfter(books.clock.instant())) {
                    paper.hold(hold.rest().negate());
                    holds.set(i, books.holds.get(books.scope, hold.id()));
                    assertThat(holds.get(i).status()).isEqualTo(HoldStatus.EXPIRED);
                }
            }
        }

        private static boolean open(Hold hold) {
            return hold.status() == HoldStatus.OPEN;
        }

        private BigDecimal available() {
            return paper.balance().subtract(paper.held()).add(OVERDRAFT);
        }

        private void hold(Step step) {
            BigDecimal amount = step.decimal();
            int seconds = 1 + step.which() % 60;
            if (available().compareTo(amount) >= 0) {
                holds.add(books.hold(customer, amount.toPlainString(), seconds));
                paper.hold(amount);
                assertThat(available().signum())
                        .as("a hold reserves what there is")
                        .isNotNegative();
            } else {
                refused(() -> books.hold(customer, amount.toPlainString(), seconds), 402);
            }
        }

        private void extend(Step step) {
            if (holds.isEmpty()) {
                return;
            }
            int which = step.which() % holds.size();
            Hold hold = holds.get(which);
            if (open(hold)) {
                holds.set(which, books.holds.extend(books.scope, hold.id(), 1 + step.which() % 90));
            } else {
                refused(() -> books.holds.extend(books.scope, hold.id(), 60), 409);
            }
        }

        private static void refused(Runnable work, int status) {
            try {
                work.run();
            } catch (ProblemException e) {
                assertThat(e.problem().code().status()).isEqualTo(status);
                return;
            }
            throw new AssertionError("not refused with " + status);
        }

        /** What comes after the hold's expiry is charged too, only that nothing is held for it any more. */
        private void settle(Step step, boolean last) {
            if (holds.isEmpty()) {
                return;
            }
            int which = step.which() % holds.size();
            Hold hold = holds.get(which);
            BigDecimal amount = step.decimal().min(hold.rest());
            if (amount.signum() == 0) {
                return;
            }
            Hold after = books.holds.settle(books.scope, hold.id(), amount, last);
            paper.debit(amount, true, null);
            if (open(hold)) {
                paper.hold((last ? hold.rest() : amount).negate());
            }
            assertThat(after.afterExpiry()).isEqualTo(!open(hold));
            if (last) {
                holds.remove(which);
                refused(() -> books.holds.settle(books.scope, hold.id(), BigDecimal.ONE, true), 409);
            } else {
                holds.set(which, after);
            }
        }

        private void release(Step step) {
            if (!holds.isEmpty()) {
                Hold hold = holds.remove(step.which() % holds.size());
                books.holds.release(books.scope, hold.id());
                books.holds.release(books.scope, hold.id());
                if (open(hold)) {
                    paper.hold(hold.rest().negate());
                }
            }
        }

        private Optional<String> reference(Step step) {
            return references.isEmpty()
                    ? Optional.empty()
                    : Optional.of(references.get(step.which() % references.size()));
        }

        private void refund(Step step) {
            reference(step).ifPresent(reference -> {
                books.refund(customer, "-" + step.decimal().toPlainString(), reference);
                paper.debit(step.decimal(), false, reference);
            });
        }

        private void reverseRefund(Step step) {
            reference(step).ifPresent(reference -> {
                long seq = books.refund(customer, step.decimal().toPlainString(), reference)
                        .seq();
                paper.giveBack(name(seq), step.decimal(), reference);
            });
        }

        private void compare() {
            Balance balance = books.balance(customer);
            assertThat(balance.balance()).isEqualByComparingTo(paper.balance());
            assertThat(balance.held()).isEqualByComparingTo(paper.held());
            Map<Integer, BigDecimal> left = new TreeMap<>();
            for (Lot lot : books.wallets.contents(books.scope, customer).lots()) {
                left.put(names.getOrDefault(lot.seq(), -1), lot.remaining().stripTrailingZeros());
            }
            assertThat(left).isEqualTo(paper.left());
        }
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void theDatabaseDoesWhatPaperDoes(@ForAll("lives") List<Step> steps) {
        Life life = new Life();
        steps.forEach(life::take);
        assertThat(life.books.verify().faults()).isEmpty();
    }
}

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
import org.bursar.credits.HoldStatus;
import org.bursar.credits.PostResult;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.ProblemException;
import org.bursar.testing.TestDatabase;

/** Random lives of a wallet, each compared step by step with a model that is a few lines of arithmetic. */
final class LedgerModelDbTest {
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
        ADD,
        CHARGE,
        DEDUCT,
        REPEAT,
        HOLD,
        EXTEND,
        SETTLE_PART,
        SETTLE_LAST,
        RELEASE,
        WAIT,
        SWEEP
    }

    /**
     * One step.
     *
     * @param amount in millionths
     * @param which of the holds or keys so far
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

    /** A hold as the model sees it. */
    private static final class ModelHold {
        private final HoldId id;
        private Instant expiresAt;
        private BigDecimal rest;
        private boolean reserved = true;
        private boolean finished;

        ModelHold(HoldId id, BigDecimal amount, Instant expiresAt) {
            this.id = id;
            this.rest = amount;
            this.expiresAt = expiresAt;
        }
    }

    /** The wallet, in the database and in the model. */
    private static final class Life {
        private final Books books = new Books(postgres);
        private final CustomerId customer = books.customer();
        private final BigDecimal overdraft = new BigDecimal("5");
        private final List<ModelHold> holds = new ArrayList<>();
        private final Map<UUID, BigDecimal> posted = new HashMap<>();
        private final List<UUID> keys = new ArrayList<>();
        private BigDecimal balance = BigDecimal.ZERO;

        Life() {
            books.overdraft(customer, "5");
        }

        BigDecimal held() {
            return holds.stream()
                    .filter(hold -> hold.reserved)
                    .map(hold -> hold.rest)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        BigDecimal spendable() {
            return balance.subtract(held()).add(overdraft);
        }

        void take(Step step) {
            switch (step.what()) {
                case ADD -> post(step.decimal(), UUID.randomUUID(), false);
                case CHARGE -> post(step.decimal().negate(), UUID.randomUUID(), false);
                case DEDUCT -> post(step.decimal().negate(), UUID.randomUUID(), true);
                case REPEAT -> repeat(step);
                case HOLD -> hold(step);
                case EXTEND -> extend(step);
                case SETTLE_PART -> settle(step, false);
                case SETTLE_LAST -> settle(step, true);
                case RELEASE -> release(step);
                case WAIT -> books.clock.advance(Duration.ofSeconds(step.which() % 40));
                case SWEEP -> sweep();
            }
            assertThat(books.balance(customer).balance()).isEqualByComparingTo(balance);
            assertThat(books.balance(customer).held()).isEqualByComparingTo(held());
        }

        private void post(BigDecimal amount, UUID key, boolean guarded) {
            if (guarded && spendable().add(amount).signum() < 0) {
                // before a posting is refused, what is overdue is given back, and that stays
                expire();
            }
            boolean covered = !guarded || spendable().add(amount).signum() >= 0;
            PostResult result = books.post(posting(customer, amount.toPlainString(), key, guarded));
            if (covered) {
                assertThat(((PostResult.Posted) result).before()).isFalse();
                balance = balance.add(amount);
                posted.put(key, amount);
                keys.add(key);
            } else {
                assertThat(result).isInstanceOf(PostResult.Insufficient.class);
            }
        }

        private void repeat(Step step) {
            if (!keys.isEmpty()) {
                UUID key = keys.get(step.which() % keys.size());
                PostResult.Posted result = (PostResult.Posted)
                        books.post(posting(customer, step.decimal().toPlainString(), key, true));
                assertThat(result.before()).isTrue();
                assertThat(result.entry().amount()).isEqualByComparingTo(posted.get(key));
            }
        }

        private void hold(Step step) {
            BigDecimal amount = step.decimal();
            int seconds = 1 + step.which() % 60;
            if (spendable().compareTo(amount) < 0) {
                // a refusal first gives back what is overdue, but as any refusal it is rolled back
                BigDecimal overdue = holds.stream()
                        .filter(hold -> hold.reserved && !hold.expiresAt.isAfter(books.clock.instant()))
                        .map(hold -> hold.rest)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                if (spendable().add(overdue).compareTo(amount) < 0) {
                    refused(() -> books.hold(customer, amount.toPlainString(), seconds), 402);
                    return;
                }
                expire();
            }
            Instant until = books.clock.instant().plusSeconds(seconds);
            holds.add(new ModelHold(
                    books.hold(customer, amount.toPlainString(), seconds).id(), amount, until));
        }

        private void extend(Step step) {
            if (holds.isEmpty()) {
                return;
            }
            ModelHold hold = holds.get(step.which() % holds.size());
            Instant now = books.clock.instant();
            int seconds = 1 + step.which() % 90;
            if (hold.finished || !hold.reserved || !hold.expiresAt.isAfter(now)) {
                refused(() -> books.holds.extend(books.scope, hold.id, seconds), 409);
            } else {
                Instant until = now.plusSeconds(seconds);
                // an extension never takes time away
                hold.expiresAt = until.isAfter(hold.expiresAt) ? until : hold.expiresAt;
                assertThat(books.holds.extend(books.scope, hold.id, seconds).expiresAt())
                        .isEqualTo(hold.expiresAt);
            }
        }

        private void settle(Step step, boolean last) {
            if (holds.isEmpty()) {
                return;
            }
            ModelHold hold = holds.get(step.which() % holds.size());
            BigDecimal amount = step.decimal();
            if (hold.finished) {
                refused(() -> books.holds.settle(books.scope, hold.id, amount, last), 409);
            } else if (amount.compareTo(hold.rest) > 0) {
                refused(() -> books.holds.settle(books.scope, hold.id, amount, last), 422);
            } else {
                boolean overdue = !hold.expiresAt.isAfter(books.clock.instant());
                var settled = books.holds.settle(books.scope, hold.id, amount, last);
                balance = balance.subtract(amount);
                hold.rest = hold.rest.subtract(amount);
                hold.reserved = hold.reserved && !last && !overdue;
                hold.finished = last;
                assertThat(settled.status())
                        .isEqualTo(last ? HoldStatus.SETTLED : hold.reserved ? HoldStatus.OPEN : HoldStatus.EXPIRED);
            }
        }

        private void release(Step step) {
            if (holds.isEmpty()) {
                return;
            }
            ModelHold hold = holds.get(step.which() % holds.size());
            if (books.holds.get(books.scope, hold.id).status() == HoldStatus.SETTLED) {
                refused(() -> books.holds.release(books.scope, hold.id), 409);
            } else {
                books.holds.release(books.scope, hold.id);
                hold.reserved = false;
                hold.finished = true;
            }
        }

        private void sweep() {
            books.sweep.expireOverdue(books.scope);
            expire();
        }

        private void expire() {
            for (ModelHold hold : holds) {
                hold.reserved = hold.reserved && hold.expiresAt.isAfter(books.clock.instant());
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
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void theDatabaseDoesWhatTheModelDoes(@ForAll("lives") List<Step> steps) {
        Life life = new Life();
        steps.forEach(life::take);
        assertThat(life.books.verify().faults()).isEmpty();
    }
}

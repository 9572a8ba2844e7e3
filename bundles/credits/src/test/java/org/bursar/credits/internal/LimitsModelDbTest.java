package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
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
import org.bursar.credits.PostResult;
import org.bursar.credits.SpendCap;
import org.bursar.credits.SpendCap.Period;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.UserId;
import org.bursar.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Random lives of two customers with a capped user each and of their tenant's wholesale wallet, each compared step by step with a
 * plain model.
 */
final class LimitsModelDbTest {
    private static final BigDecimal ZERO = BigDecimal.ZERO;

    private static TestDatabase postgres;

    @BeforeContainer
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterContainer
    static void stop() {
        postgres.close();
    }

    /** What can be done. */
    enum What {
        ADD,
        PAY_IN,
        DEDUCT,
        RATE,
        CAP,
        HOLD,
        HOLD_FOR_USER,
        SETTLE_PART,
        SETTLE_LAST,
        RELEASE,
        WAIT,
        WAIT_LONG,
        SWEEP
    }

    /** One step; the amount is in millionths. */
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

    /** A customer as the model sees it. */
    private static final class Side {
        private final CustomerId customer;
        private final UserId user;
        private BigDecimal balance = ZERO;
        private @Nullable BigDecimal cap;
        private Period period = Period.TOTAL;
        private BigDecimal spent = ZERO;
        private int day;

        Side(CustomerId customer, UserId user) {
            this.customer = customer;
            this.user = user;
        }
    }

    /** A hold as the model sees it: what it has reserved with the customer, and what at wholesale. */
    private static final class Held {
        private final Hold hold;
        private final Side side;
        private final boolean forUser;
        private final BigDecimal rate;
        private final Instant expiresAt;
        private BigDecimal settled = ZERO;
        private boolean reserved = true;
        private boolean wholesale = true;
        private boolean finished;

        Held(Hold hold, Side side, boolean forUser, BigDecimal rate, Instant expiresAt) {
            this.hold = hold;
            this.side = side;
            this.forUser = forUser;
            this.rate = rate;
            this.expiresAt = expiresAt;
        }

        BigDecimal rest() {
            return hold.amount().subtract(settled);
        }

        BigDecimal wholesaleRest() {
            return priced(rate, hold.amount()).subtract(priced(rate, settled));
        }
    }

    private static BigDecimal priced(BigDecimal rate, BigDecimal amount) {
        return rate.multiply(amount).setScale(6, RoundingMode.HALF_EVEN);
    }

    /** The books and the model. */
    private static final class Life {
        private final Books books = new Books(postgres);
        private final List<Side> sides = List.of(side(), side());
        private final List<Held> holds = new ArrayList<>();
        private BigDecimal rate = new BigDecimal("0.333333333333");
        private BigDecimal wholesale = new BigDecimal("20");

        Life() {
            books.wholesale(rate.toPlainString(), "3", "20");
        }

        private Side side() {
            return new Side(books.customer(), UserId.next(books.clock));
        }

        private Instant now() {
            return books.clock.instant();
        }

        private static BigDecimal sum(List<Held> holds, Predicate<Held> which, boolean atWholesale) {
            return holds.stream()
                    .filter(which)
                    .map(held -> atWholesale ? held.wholesaleRest() : held.rest())
                    .reduce(ZERO, BigDecimal::add);
        }

        private BigDecimal held(Side side) {
            return sum(holds, held -> held.side == side && held.reserved, false);
        }

        private BigDecimal heldForUser(Side side) {
            return sum(holds, held -> held.side == side && held.reserved && held.forUser, false);
        }

        private BigDecimal heldAtWholesale() {
            return sum(holds, held -> held.wholesale, true);
        }

        void take(Step step) {
            Side side = sides.get(step.which() % 2);
            switch (step.what()) {
                case ADD -> {
                    books.post(Books.posting(side.customer, step.decimal().toPlainString(), UUID.randomUUID(), false));
                    side.balance = side.balance.add(step.decimal());
                }
                case PAY_IN -> {
                    books.wholesale(rate.toPlainString(), "3", step.decimal().toPlainString());
                    wholesale = wholesale.add(step.decimal());
                }
                case DEDUCT -> deduct(side, step.decimal());
                case RATE -> {
                    rate = BigDecimal.valueOf(1 + step.amount() % 3_000_000, 6);
                    books.wholesale(rate.toPlainString(), "3", "0");
                }
                case CAP -> cap(side, step);
                case HOLD -> hold(side, step, false);
                case HOLD_FOR_USER -> hold(side, step, true);
                case SETTLE_PART -> settle(step, false);
                case SETTLE_LAST -> settle(step, true);
                case RELEASE -> release(step);
                case WAIT -> books.clock.advance(Duration.ofSeconds(step.which() % 40));
                case WAIT_LONG -> books.clock.advance(Duration.ofHours(step.which() % 30));
                case SWEEP -> {
                    books.sweep.expireOverdue(books.scope);
                    expire(held -> true);
                    takeBack();
                }
            }
            compare();
        }

        private void compare() {
            for (Side side : sides) {
                Balance balance = books.balance(side.customer);
                assertThat(balance.balance()).isEqualByComparingTo(side.balance);
                assertThat(balance.held()).isEqualByComparingTo(held(side));
                if (side.cap != null) {
                    SpendCap cap = books.caps.get(books.scope, side.customer, side.user);
                    assertThat(cap.spent()).isEqualByComparingTo(spent(side));
                    assertThat(cap.held()).isEqualByComparingTo(heldForUser(side));
                }
            }
            Balance balance = books.wholesaleBalance();
            assertThat(balance.balance()).isEqualByComparingTo(wholesale);
            assertThat(balance.held()).isEqualByComparingTo(heldAtWholesale());
        }

        private int today() {
            return (int) now().atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
        }

        private BigDecimal spent(Side side) {
            if (side.period == Period.DAY && side.day != today()) {
                side.spent = ZERO;
                side.day = today();
            }
            return side.spent;
        }

        private void cap(Side side, Step step) {
            Period period = step.which() % 3 == 0 ? Period.TOTAL : Period.DAY;
            books.caps.set(books.scope, side.customer, side.user, step.decimal(), period);
            if (side.cap == null || side.period != period) {
                side.spent = ZERO;
                side.day = today();
            }
            side.cap = step.decimal();
            side.period = period;
        }

        private void expire(Predicate<Held> which) {
            for (Held held : holds) {
                held.reserved = held.reserved && (held.expiresAt.isAfter(now()) || !which.test(held));
            }
        }

        private void takeBack() {
            for (Held held : holds) {
                held.wholesale = held.wholesale && held.expiresAt.isAfter(now());
            }
        }

        private void deduct(Side side, BigDecimal amount) {
            if (side.balance.subtract(held(side)).compareTo(amount) < 0) {
                expire(held -> held.side == side);
            }
            boolean covered = side.balance.subtract(held(side)).compareTo(amount) >= 0;
            PostResult result = books.take(side.customer, amount.toPlainString());
            assertThat(result instanceof PostResult.Posted).isEqualTo(covered);
            side.balance = covered ? side.balance.subtract(amount) : side.balance;
        }

        private boolean coveredByCustomer(
                Side side, BigDecimal amount, boolean forUser, BigDecimal back, BigDecimal ofUser) {
            boolean wallet = side.balance.subtract(held(side)).add(back).compareTo(amount) >= 0;
            boolean cap = !forUser
                    || side.cap == null
                    || side.cap
                                    .subtract(spent(side))
                                    .subtract(heldForUser(side))
                                    .add(ofUser)
                                    .compareTo(amount)
                            >= 0;
            return wallet && cap;
        }

        private boolean coveredAtWholesale(BigDecimal amount, BigDecimal back) {
            return wholesale
                            .add(new BigDecimal("3"))
                            .subtract(heldAtWholesale())
                            .add(back)
                            .compareTo(priced(rate, amount))
                    >= 0;
        }

        private void hold(Side side, Step step, boolean forUser) {
            BigDecimal amount = step.decimal();
            int seconds = 1 + step.which() % 60;
            boolean atOnce = coveredByCustomer(side, amount, forUser, ZERO, ZERO);
            boolean wholesaleAtOnce = coveredAtWholesale(amount, ZERO);
            if (!atOnce || !wholesaleAtOnce) {
                // what is overdue comes back before a refusal, where it may help; with a refusal that is rolled back
                Predicate<Held> overdue = held -> !held.expiresAt.isAfter(now());
                Predicate<Held> here = overdue.and(held -> held.side == side && held.reserved);
                BigDecimal back = atOnce ? ZERO : sum(holds, here, false);
                BigDecimal ofUser = atOnce ? ZERO : sum(holds, here.and(held -> held.forUser), false);
                BigDecimal there = wholesaleAtOnce ? ZERO : sum(holds, overdue.and(held -> held.wholesale), true);
                if (!coveredByCustomer(side, amount, forUser, back, ofUser) || !coveredAtWholesale(amount, there)) {
                    refused(() -> place(side, amount, seconds, forUser), 402);
                    return;
                }
                if (!atOnce) {
                    expire(held -> held.side == side);
                }
                if (!wholesaleAtOnce) {
                    takeBack();
                }
            }
            Instant until = now().plusSeconds(seconds);
            holds.add(new Held(place(side, amount, seconds, forUser), side, forUser, rate, until));
        }

        private Hold place(Side side, BigDecimal amount, int seconds, boolean forUser) {
            return forUser
                    ? books.hold(side.customer, side.user, amount.toPlainString(), seconds)
                    : books.hold(side.customer, amount.toPlainString(), seconds);
        }

        private @Nullable Held chosen(Step step) {
            return holds.isEmpty() ? null : holds.get(step.which() % holds.size());
        }

        private void settle(Step step, boolean last) {
            Held held = chosen(step);
            if (held == null) {
                return;
            }
            BigDecimal amount = step.decimal();
            if (held.finished) {
                refused(() -> books.holds.settle(books.scope, held.hold.id(), amount, last), 409);
            } else if (amount.compareTo(held.rest()) > 0) {
                refused(() -> books.holds.settle(books.scope, held.hold.id(), amount, last), 422);
            } else {
                boolean overdue = !held.expiresAt.isAfter(now());
                books.holds.settle(books.scope, held.hold.id(), amount, last);
                BigDecimal before = held.wholesaleRest();
                held.settled = held.settled.add(amount);
                wholesale = wholesale.subtract(before.subtract(held.wholesaleRest()));
                held.side.balance = held.side.balance.subtract(amount);
                if (held.forUser && held.side.cap != null) {
                    held.side.spent = spent(held.side).add(amount);
                }
                held.reserved = held.reserved && !last && !overdue;
                held.wholesale = held.wholesale && held.reserved;
                held.finished = last;
            }
        }

        private void release(Step step) {
            Held held = chosen(step);
            if (held == null) {
                return;
            }
            if (books.holds.get(books.scope, held.hold.id()).status() == HoldStatus.SETTLED) {
                refused(() -> books.holds.release(books.scope, held.hold.id()), 409);
                return;
            }
            books.holds.release(books.scope, held.hold.id());
            // what is released already stays as it is, and what a sweep has still to take back there too
            held.wholesale = held.wholesale && held.finished;
            held.reserved = false;
            held.finished = true;
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
    void everyLimitIsWhatTheModelSays(@ForAll("lives") List<Step> steps) {
        Life life = new Life();
        steps.forEach(life::take);
        assertThat(life.books.verify().faults()).isEmpty();
    }
}

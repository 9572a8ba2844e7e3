package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.ChangeRule;
import org.bursar.plans.Subscriptions.When;
import org.bursar.plans.internal.PlanChange.Effect;
import org.bursar.plans.internal.PlanChange.Held;
import org.bursar.plans.internal.PlanChange.Wanted;

class PlanChangeTest {
    private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");
    private static final Instant END = Instant.parse("2026-02-28T10:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("UTC");
    private static final long SECONDS = ChronoUnit.SECONDS.between(START, END);

    /** Another plan at a second of the cycle. */
    record Step(long second, BigDecimal price) {}

    /**
     * Each second of the cycle costs a part of the price of the plan that held in it: the renewal and all changes together take the
     * sum of these, but for a millionth a change; and at no moment has the customer paid less than what has passed by then.
     */
    @Property
    void anySequenceOfChangesChargesWhatCountingSecondsDoes(
            @ForAll("prices") BigDecimal first, @ForAll("steps") List<Step> steps) {
        BigDecimal taken = first;
        BigDecimal price = first;
        long since = 0;
        BigInteger passed = BigInteger.ZERO; // millionths × seconds of a cycle
        for (Step step : steps) {
            passed = passed.add(micros(price).multiply(BigInteger.valueOf(step.second() - since)));
            since = step.second();
            Held held = held(price, Optional.of(price));
            PlanChange change =
                    PlanChange.of(held, wanted(step.price()), When.NOW, ZONE, START.plusSeconds(step.second()));
            assertThat(change.effect()).isEqualTo(Effect.WITHIN_CYCLE);
            taken = taken.subtract(change.amount());
            price = change.paid().orElseThrow();
            BigInteger rest = micros(price).multiply(BigInteger.valueOf(SECONDS - since));
            assertThat(off(taken, passed.add(rest))).isLessThanOrEqualTo(BigInteger.valueOf(steps.size() * SECONDS));
            assertThat(micros(taken)
                            .add(BigInteger.valueOf(steps.size()))
                            .multiply(BigInteger.valueOf(SECONDS))
                            .compareTo(passed))
                    .as("never less than what has passed, so never below zero")
                    .isNotNegative();
        }
    }

    private static BigInteger off(BigDecimal taken, BigInteger millionthSeconds) {
        return micros(taken)
                .multiply(BigInteger.valueOf(SECONDS))
                .subtract(millionthSeconds)
                .abs();
    }

    private static BigInteger micros(BigDecimal amount) {
        return amount.movePointRight(6).toBigIntegerExact();
    }

    /** There and back at the same instant costs nothing, however odd the fraction. */
    @Property
    void whoChangesThereAndBackAtOnceHasPaidNothing(
            @ForAll("prices") BigDecimal one, @ForAll("prices") BigDecimal other, @ForAll("instants") Instant now) {
        PlanChange there = PlanChange.of(held(one, Optional.of(one)), wanted(other), When.NOW, ZONE, now);
        PlanChange back = PlanChange.of(held(other, there.paid()), wanted(one), When.NOW, ZONE, now);
        assertThat(there.amount().add(back.amount())).isZero();
    }

    @Property
    void aFreeCycleStaysFreeAndIsNotGivenBack(@ForAll("prices") BigDecimal price, @ForAll("instants") Instant now) {
        PlanChange change =
                PlanChange.of(held(new BigDecimal("50"), Optional.empty()), wanted(price), When.NOW, ZONE, now);
        assertThat(change.amount()).isZero();
        assertThat(change.paid()).isEmpty();
        assertThat(change.paidUntil()).isEqualTo(END);
    }

    @Property
    void aTrialEndsWhenItWasToWhateverIsChosen(
            @ForAll("prices") BigDecimal price, @ForAll BillingCycle length, @ForAll("instants") Instant now) {
        Held trial = new Held(
                new BigDecimal("50"),
                new Cycles(START, BillingCycle.MONTH, ZONE),
                END,
                Optional.empty(),
                new BigDecimal("9"),
                true);
        Wanted wanted = new Wanted(price, length, ChangeRule.USUAL, 30);
        PlanChange change = PlanChange.of(trial, wanted, When.NOW, ZONE, now);
        assertThat(change.effect()).isEqualTo(Effect.WITHIN_CYCLE);
        assertThat(change.amount()).isZero();
        assertThat(change.trial()).isTrue();
        assertThat(change.paidUntil()).isEqualTo(END);
    }

    @Property
    void whatIsStillOwedIsNeitherChargedNorGivenBack(@ForAll("prices") BigDecimal price) {
        PlanChange change = PlanChange.of(
                held(new BigDecimal("50"), Optional.of(new BigDecimal("50"))), wanted(price), When.NOW, ZONE, END);
        assertThat(change.effect()).isEqualTo(Effect.WITHIN_CYCLE);
        assertThat(change.amount()).isZero();
        assertThat(change.paidUntil()).isEqualTo(END);
    }

    @Example
    void halfOfTheCycleIsHalfOfThePrices() {
        PlanChange change = PlanChange.of(
                held(new BigDecimal("100"), Optional.of(new BigDecimal("100"))),
                wanted(new BigDecimal("799")),
                null,
                ZONE,
                Instant.parse("2026-02-14T10:00:00Z"));
        assertThat(change.credited()).isEqualTo("50.000000");
        assertThat(change.charged()).isEqualTo("399.500000");
        assertThat(change.cycle().from()).isEqualTo(START);
        assertThat(change.paidUntil()).isEqualTo(END);
    }

    @Example
    void aYearInAPaidMonthGivesTheRestBackAndTakesTheYearWithItsAddOns() {
        Held held = new Held(
                new BigDecimal("100"),
                new Cycles(START, BillingCycle.MONTH, ZONE),
                END,
                Optional.of(new BigDecimal("100")),
                new BigDecimal("10"),
                false);
        Wanted year = new Wanted(new BigDecimal("1000"), BillingCycle.YEAR, ChangeRule.USUAL, 0);
        Instant half = Instant.parse("2026-02-14T10:00:00Z");
        PlanChange change = PlanChange.of(held, year, When.NOW, ZONE, half);
        assertThat(change.effect()).isEqualTo(Effect.NEW_CYCLE);
        assertThat(change.credited()).isEqualByComparingTo("55");
        assertThat(change.charged()).isEqualByComparingTo("1120");
        assertThat(change.paidUntil()).isEqualTo("2027-02-14T10:00:00Z");
        PlanChange owing = PlanChange.of(held, year, When.NOW, ZONE, END.plusSeconds(5));
        assertThat(owing.effect()).as("nobody loses a debt by it").isEqualTo(Effect.AT_CYCLE_END);
        assertThat(owing.at()).isEqualTo(END);
        assertThat(owing.amount()).isZero();
    }

    @Example
    void whatIsDearerAMonthIsAtOnceAndWhatIsCheaperWaits() {
        assertThat(effect("101", BillingCycle.MONTH, ChangeRule.USUAL)).isEqualTo(Effect.WITHIN_CYCLE);
        assertThat(effect("100", BillingCycle.MONTH, ChangeRule.USUAL)).isEqualTo(Effect.WITHIN_CYCLE);
        assertThat(effect("99.99", BillingCycle.MONTH, ChangeRule.USUAL)).isEqualTo(Effect.AT_CYCLE_END);
        assertThat(effect("1200", BillingCycle.YEAR, ChangeRule.USUAL)).isEqualTo(Effect.NEW_CYCLE);
        assertThat(effect("1199.99", BillingCycle.YEAR, ChangeRule.USUAL)).isEqualTo(Effect.AT_CYCLE_END);
        ChangeRule turned = new ChangeRule(Optional.of(When.CYCLE_END), Optional.of(When.NOW));
        assertThat(effect("101", BillingCycle.MONTH, turned)).isEqualTo(Effect.AT_CYCLE_END);
        assertThat(effect("99.99", BillingCycle.MONTH, turned)).isEqualTo(Effect.WITHIN_CYCLE);
    }

    private static Effect effect(String price, BillingCycle cycle, ChangeRule rule) {
        return PlanChange.of(
                        held(new BigDecimal("100"), Optional.empty()),
                        new Wanted(new BigDecimal(price), cycle, rule, 0),
                        null,
                        ZONE,
                        START.plusSeconds(5))
                .effect();
    }

    private static Held held(BigDecimal price, Optional<BigDecimal> paid) {
        return new Held(price, new Cycles(START, BillingCycle.MONTH, ZONE), END, paid, BigDecimal.ZERO, false);
    }

    private static Wanted wanted(BigDecimal price) {
        return new Wanted(price, BillingCycle.MONTH, ChangeRule.USUAL, 0);
    }

    @Provide
    Arbitrary<BigDecimal> prices() {
        return Arbitraries.longs().between(0, 1_000_000_000_000L).map(micros -> BigDecimal.valueOf(micros, 6));
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(0, SECONDS * 1_000_000 - 1)
                .map(micros -> START.plus(micros, ChronoUnit.MICROS));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.longs().between(0, SECONDS - 1), prices())
                .as(Step::new)
                .list()
                .ofMaxSize(12)
                .map(steps -> steps.stream()
                        .sorted((a, b) -> Long.compare(a.second(), b.second()))
                        .toList());
    }
}

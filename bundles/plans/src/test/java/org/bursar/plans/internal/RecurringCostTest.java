package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bursar.kernel.AddOnId;
import org.bursar.plans.AddOnTerms;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Limit;
import org.bursar.plans.Limits;
import org.bursar.plans.Price;
import org.bursar.plans.SubscribedAddOn;

class RecurringCostTest {
    private static final long MICROS = 1_000_000;

    /** Counted in whole millionths, one add-on and one month after the other. */
    @Property
    void aCycleCostsThePlanAndEveryAddOnInEveryMonth(
            @ForAll("prices") BigDecimal plan,
            @ForAll("addOns") List<SubscribedAddOn> addOns,
            @ForAll BillingCycle cycle) {
        BigInteger millionths = micros(plan);
        for (int month = 0; month < (cycle == BillingCycle.YEAR ? 12 : 1); month++) {
            for (SubscribedAddOn addOn : addOns) {
                millionths = millionths.add(
                        micros(addOn.terms().unitPrice().amount()).multiply(BigInteger.valueOf(addOn.quantity())));
            }
        }
        assertThat(micros(RecurringCost.ofCycle(plan, cycle, addOns))).isEqualTo(millionths);
    }

    /** What is shown differs from a twelfth of what a year takes by half of the smallest coin at most. */
    @Property
    void aMonthIsATwelfthOfAYearButForTheRounding(
            @ForAll("prices") BigDecimal plan, @ForAll("addOns") List<SubscribedAddOn> addOns) {
        BigDecimal month = RecurringCost.ofMonth(new Price(plan, "USD"), BillingCycle.YEAR, addOns)
                .amount();
        BigDecimal off = month.multiply(BigDecimal.valueOf(12))
                .subtract(RecurringCost.ofCycle(plan, BillingCycle.YEAR, addOns))
                .abs();
        assertThat(off).isLessThanOrEqualTo(new BigDecimal("0.06"));
    }

    @Property
    void aMonthlyPlansMonthIsItsCycle(
            @ForAll("prices") BigDecimal plan, @ForAll("addOns") List<SubscribedAddOn> addOns) {
        assertThat(RecurringCost.ofMonth(new Price(plan, "USD"), BillingCycle.MONTH, addOns)
                        .amount())
                .isEqualByComparingTo(RecurringCost.ofCycle(plan, BillingCycle.MONTH, addOns));
    }

    @Example
    void aYearsTwelfthIsRoundedHalfEvenInTheUnitsDigits() {
        assertThat(month("1.50", "USD")).isEqualTo("0.12");
        assertThat(month("1.62", "USD")).isEqualTo("0.14");
        assertThat(month("100", "JPY")).isEqualTo("8");
        assertThat(month("100", "minutes")).isEqualTo("8.333333");
    }

    private static String month(String year, String unit) {
        return RecurringCost.ofMonth(new Price(new BigDecimal(year), unit), BillingCycle.YEAR, List.of())
                .amount()
                .toPlainString();
    }

    @Property
    void whatIsNotLimitedStaysSoAndWhatIsGrowsByEachOfTheRightAddOns(@ForAll("addOns") List<SubscribedAddOn> addOns) {
        long users = 5;
        long places = 10;
        long requests = 60;
        for (SubscribedAddOn addOn : addOns) {
            for (int one = 0; one < addOn.quantity(); one++) {
                users += addOn.terms().limit().equals(Optional.of(Limit.USERS))
                        ? addOn.terms().raisesBy()
                        : 0;
                places += addOn.terms().limit().equals(Optional.of(Limit.CONCURRENCY))
                        ? addOn.terms().raisesBy()
                        : 0;
                requests += addOn.terms().limit().equals(Optional.of(Limit.REQUESTS_PER_MINUTE))
                        ? addOn.terms().raisesBy()
                        : 0;
            }
        }
        Limits limited = Allowance.of(limits(5, 10, 60), addOns);
        assertThat(limited).isEqualTo(limits((int) users, (int) places, (int) requests));
        assertThat(Allowance.of(Limits.NONE, addOns)).isEqualTo(Limits.NONE);
    }

    private static Limits limits(int users, int concurrency, int requests) {
        return new Limits(OptionalInt.of(users), OptionalInt.of(concurrency), OptionalInt.of(requests));
    }

    @Example
    void aLimitNeverOverflows() {
        assertThat(Allowance.size(OptionalInt.of(1_000_000), 4_000_000_000_000L))
                .hasValue(Integer.MAX_VALUE);
        assertThat(Allowance.size(OptionalInt.of(0), 0)).hasValue(0);
    }

    @Example
    void theLedgersLineNamesEachAddOnAndIsNeverTooLong() {
        SubscribedAddOn ten = addOn("9", 10, Optional.empty(), 0);
        SubscribedAddOn one = addOn("30", 1, Optional.empty(), 0);
        assertThat(RecurringCost.words("Scale", List.of(ten, one))).isEqualTo("Scale + Phone line × 10 + Phone line");
        List<SubscribedAddOn> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(ten);
        }
        assertThat(RecurringCost.words("Scale", many)).hasSize(500).endsWith("…");
    }

    private static BigInteger micros(BigDecimal amount) {
        return amount.multiply(BigDecimal.valueOf(MICROS)).toBigIntegerExact();
    }

    private static SubscribedAddOn addOn(String price, int quantity, Optional<Limit> limit, int raisesBy) {
        return new SubscribedAddOn(
                new AddOnId(new UUID(0, 1)),
                "line",
                "Phone line",
                new AddOnTerms(1, new Price(new BigDecimal(price), "USD"), limit, raisesBy),
                quantity,
                Instant.EPOCH);
    }

    @Provide
    Arbitrary<BigDecimal> prices() {
        return Arbitraries.longs().between(0, 10_000_000).map(cents -> BigDecimal.valueOf(cents, 2));
    }

    @Provide
    Arbitrary<List<SubscribedAddOn>> addOns() {
        Arbitrary<Optional<Limit>> limits = Arbitraries.of(Limit.values()).optional();
        return Combinators.combine(
                        prices(),
                        Arbitraries.integers().between(1, 200),
                        limits,
                        Arbitraries.integers().between(1, 50))
                .as((price, quantity, limit, by) ->
                        addOn(price.toPlainString(), quantity, limit, limit.isPresent() ? by : 0))
                .list()
                .ofMaxSize(6);
    }
}

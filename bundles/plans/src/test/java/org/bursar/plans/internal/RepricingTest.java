package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.PlanId;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.ChangeRule;
import org.bursar.plans.Limits;
import org.bursar.plans.PaymentTerms;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.Price;
import org.bursar.plans.Pricing;
import org.bursar.plans.Rate;
import org.bursar.plans.RatedUsage;
import org.bursar.plans.internal.Cycles.Cycle;
import org.bursar.plans.internal.sql.CounterRow;

class RepricingTest {
    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final Cycle CYCLE = new Cycle(FROM, Instant.parse("2026-04-01T00:00:00Z"));
    private static final CustomerId CUSTOMER = new CustomerId(new UUID(0, 1));
    private static final MeterId METER = new MeterId(new UUID(0, 2));
    private static final PlanId PLAN = new PlanId(new UUID(0, 3));

    private sealed interface Step {}

    /** Usage, or a correction of some. */
    private record Use(BigDecimal quantity) implements Step {}

    private record Reprice(Pricing pricing, BigDecimal included) implements Step {}

    private record Reset() implements Step {}

    private record Part(BigDecimal quantity, BigDecimal charge) {}

    /** One meter of one cycle, with a ledger. */
    private static final class Book {
        private final Map<VersionKey, PlanVersion> versions = new HashMap<>();
        private final List<Part> taken = new ArrayList<>();
        private CounterRow row = new CounterRow(
                CUSTOMER, METER, FROM, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, null, null, null);
        private BigDecimal ledger = BigDecimal.ZERO;
        private Rate last;
        private Instant now = FROM;

        Book(Reprice first) {
            last = add(first);
        }

        private Rate add(Reprice terms) {
            Rate rate = new Rate(METER, "minutes", terms.included(), terms.pricing());
            int number = versions.size() + 1;
            versions.put(
                    new VersionKey(PLAN, number),
                    new PlanVersion(
                            number,
                            new Price(BigDecimal.ZERO, "USD"),
                            BillingCycle.MONTH,
                            List.of(rate),
                            Limits.NONE,
                            ChangeRule.USUAL,
                            PaymentTerms.USUAL,
                            FROM));
            return rate;
        }

        void run(Step step) {
            now = now.plusSeconds(60);
            if (step instanceof Use use) {
                use(use.quantity(), new TermCycle(CYCLE, Optional.of(new VersionKey(PLAN, 1)), FROM));
            } else if (step instanceof Reprice terms) {
                reprice(terms);
            } else {
                taken.add(new Part(row.consumed(), row.charge()));
                row = with(BigDecimal.ZERO, BigDecimal.ZERO);
            }
        }

        void use(BigDecimal quantity, TermCycle term) {
            Counter counter = new Counter(row);
            Optional<VersionKey> version = counter.version(term);
            RatedUsage rated = counter.add(quantity, version, version.map(versions::get), BigDecimal.ZERO);
            ledger = ledger.add(rated.charge());
            row = with(counter.consumed(), counter.charge());
        }

        private void reprice(Reprice terms) {
            last = add(terms);
            Optional<Rate> rate = Optional.of(last);
            for (int i = 0; i < taken.size(); i++) {
                Part part = taken.get(i);
                BigDecimal charge = Counter.charge(rate, part.quantity());
                ledger = ledger.add(charge.subtract(part.charge()));
                taken.set(i, new Part(part.quantity(), charge));
            }
            BigDecimal charge = Counter.charge(rate, row.consumed());
            ledger = ledger.add(charge.subtract(row.charge()));
            row = new CounterRow(CUSTOMER, METER, FROM, row.consumed(), charge, row.cost(), PLAN, versions.size(), now);
        }

        private CounterRow with(BigDecimal consumed, BigDecimal charge) {
            return new CounterRow(
                    CUSTOMER,
                    METER,
                    FROM,
                    consumed,
                    charge,
                    row.cost(),
                    row.repricedPlanId(),
                    row.repricedNumber(),
                    row.repricedAt());
        }

        BigDecimal price(BigDecimal quantity) {
            return Decimals.charge(Rating.price(last.pricing(), last.included(), quantity));
        }
    }

    @Property
    void afterUsageCorrectionsResetsAndRepricingsTheLedgerIsTheRoundedPriceByTheLast(
            @ForAll("terms") Reprice first, @ForAll("steps") List<Step> steps) {
        Book book = new Book(first);
        for (Step step : steps) {
            book.run(step);
            BigDecimal expected = book.price(book.row.consumed());
            assertThat(book.row.charge()).isEqualByComparingTo(expected);
            for (Part part : book.taken) {
                expected = expected.add(book.price(part.quantity()));
            }
            assertThat(book.ledger).as("after %s", step).isEqualByComparingTo(expected);
        }
    }

    @Property
    void repricingTwiceByTheSamePricesChangesNothing(
            @ForAll("terms") Reprice first, @ForAll("terms") Reprice then, @ForAll("steps") List<Step> steps) {
        Book book = new Book(first);
        steps.forEach(book::run);
        book.run(then);
        BigDecimal once = book.ledger;
        book.run(then);
        assertThat(book.ledger).isEqualByComparingTo(once);
    }

    @Example
    void usageOfAPlanThatWasChosenAfterTheRepricingIsPricedByThatPlan() {
        Book book = new Book(perUnit("1"));
        book.run(new Use(BigDecimal.TEN));
        book.run(perUnit("2"));
        book.add(perUnit("5"));
        VersionKey later = new VersionKey(PLAN, 3);
        book.use(BigDecimal.ONE, new TermCycle(CYCLE, Optional.of(later), book.now));
        assertThat(book.ledger).as("chosen at the same instant").isEqualByComparingTo("22");
        book.use(BigDecimal.ONE, new TermCycle(CYCLE, Optional.of(later), book.now.plusNanos(1_000)));
        assertThat(book.ledger).as("chosen after it").isEqualByComparingTo("27");
        book.use(BigDecimal.ONE, new TermCycle(CYCLE, Optional.empty(), FROM));
        assertThat(book.ledger).as("of a time without a plan").isEqualByComparingTo("29");
    }

    private static Reprice perUnit(String price) {
        return new Reprice(new Pricing.PerUnit(new BigDecimal(price)), BigDecimal.ZERO);
    }

    @Provide
    Arbitrary<Reprice> terms() {
        RatingTest rating = new RatingTest();
        return Combinators.combine(rating.pricings(), rating.quantities()).as(Reprice::new);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step> use = Arbitraries.bigDecimals()
                .between(new BigDecimal("-500"), new BigDecimal("1000"))
                .ofScale(6)
                .map(Use::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(6, use),
                        Tuple.of(2, terms().map(terms -> (Step) terms)),
                        Tuple.of(1, Arbitraries.create(Reset::new)))
                .list()
                .ofMaxSize(30);
    }
}

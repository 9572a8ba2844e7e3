package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PlanId;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.internal.MinimumCycles.Due;
import org.bursar.plans.internal.sql.TermRow;
import org.jspecify.annotations.Nullable;

class MinimumCyclesTest {
    private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");
    private static final Instant END = Instant.parse("2026-02-28T10:00:00Z");
    private static final int HOURS = 28 * 24;
    private static final CustomerId CUSTOMER = new CustomerId(new UUID(0, 1));
    private static final PlanId PLAN = new PlanId(new UUID(0, 2));

    /** Hour after hour, each a part of the minimum of the plan that held in it. */
    @Property
    void aCyclesMinimumIsThatOfEachOfItsHours(@ForAll("changes") Map<Integer, Long> changes) {
        List<TermRow> terms = new ArrayList<>();
        changes.forEach((hour, micros) -> terms.add(term(hour, PLAN, START, BigDecimal.valueOf(micros, 6))));
        BigDecimal hours = BigDecimal.ZERO;
        BigDecimal holds = BigDecimal.ZERO;
        for (int hour = 0; hour < HOURS; hour++) {
            Long changed = changes.get(hour);
            holds = changed == null ? holds : BigDecimal.valueOf(changed, 6);
            hours = hours.add(holds);
        }
        List<Due> ended = new MinimumCycles(terms).ended(START, END);
        assertThat(ended).singleElement().satisfies(due -> {
            assertThat(due.from()).isEqualTo(START);
            assertThat(due.to()).isEqualTo(END);
        });
        assertThat(ended.get(0).minimum())
                .isEqualByComparingTo(hours.divide(BigDecimal.valueOf(HOURS), 6, RoundingMode.HALF_EVEN));
        assertThat(new MinimumCycles(terms).ended(START, END.minusNanos(1))).isEmpty();
    }

    /** Whatever the usage was charged, and whatever is charged late: both together are the larger of minimum and usage. */
    @Property
    void usageAndTheDifferenceAreTheLargerOfTheTwo(
            @ForAll("amounts") BigDecimal minimum, @ForAll("charges") List<BigDecimal> charges) {
        BigDecimal charged = BigDecimal.ZERO;
        BigDecimal posted = BigDecimal.ZERO;
        for (BigDecimal charge : charges) {
            charged = charged.add(charge);
            BigDecimal missing = Due.missing(minimum, charged);
            posted = posted.add(missing.subtract(posted));
            assertThat(posted).isNotNegative();
            assertThat(posted.add(charged)).isEqualByComparingTo(charged.max(minimum));
        }
    }

    @Example
    void aCycleThatIsCutShortOwesItsShareAndTheNextBeginsThere() {
        TermRow first = term(0, PLAN, START, new BigDecimal("56"));
        Instant cut = START.plus(Duration.ofDays(7));
        TermRow second = term(7 * 24, PLAN, cut, new BigDecimal("10"));
        TermRow ended = term(21 * 24, null, cut, null);
        MinimumCycles cycles = new MinimumCycles(List.of(first, second, ended));
        assertThat(cycles.next(START)).contains(cut);
        List<Due> due = cycles.ended(START, END);
        assertThat(due).extracting(Due::from).containsExactly(START, cut);
        assertThat(due.get(0).minimum()).isEqualByComparingTo("14");
        assertThat(due.get(1).minimum()).as("14 days of 28").isEqualByComparingTo("5");
        assertThat(cycles.next(END)).isEmpty();
        assertThat(cycles.ended(END, END.plus(Duration.ofDays(100)))).isEmpty();
    }

    @Example
    void cyclesThatFollowEachOtherAreEachWhole() {
        MinimumCycles cycles = new MinimumCycles(List.of(term(0, PLAN, START, new BigDecimal("50"))));
        assertThat(cycles.ended(START, Instant.parse("2026-05-01T00:00:00Z")))
                .containsExactly(
                        due("2026-01-31T10:00:00Z", "2026-02-28T10:00:00Z"),
                        due("2026-02-28T10:00:00Z", "2026-03-31T10:00:00Z"),
                        due("2026-03-31T10:00:00Z", "2026-04-30T10:00:00Z"));
    }

    private static Due due(String from, String to) {
        return new Due(Instant.parse(from), Instant.parse(to), new BigDecimal("50.000000"));
    }

    private static TermRow term(int hour, @Nullable PlanId plan, Instant anchor, @Nullable BigDecimal minimum) {
        return new TermRow(
                CUSTOMER,
                START.plus(Duration.ofHours(hour)),
                plan,
                plan == null ? null : 1,
                anchor,
                null,
                BillingCycle.MONTH,
                "UTC",
                minimum);
    }

    /** The minimum from an hour on, the first from the beginning. */
    @Provide
    Arbitrary<Map<Integer, Long>> changes() {
        return Arbitraries.maps(
                        Arbitraries.integers().between(0, HOURS - 1),
                        Arbitraries.longs().between(0, 1_000_000_000L))
                .ofMaxSize(8)
                .map(map -> {
                    Map<Integer, Long> sorted = new TreeMap<>(map);
                    sorted.putIfAbsent(0, 7_000_001L);
                    return sorted;
                });
    }

    @Provide
    Arbitrary<BigDecimal> amounts() {
        return Arbitraries.longs().between(0, 100_000_000L).map(micros -> BigDecimal.valueOf(micros, 6));
    }

    @Provide
    Arbitrary<List<BigDecimal>> charges() {
        return Arbitraries.longs()
                .between(-5_000_000L, 40_000_000L)
                .map(micros -> BigDecimal.valueOf(micros, 6))
                .list()
                .ofMaxSize(8);
    }
}

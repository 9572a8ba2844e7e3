package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bursar.kernel.Decimals;
import org.bursar.plans.internal.Cycles.Cycle;
import org.bursar.plans.internal.sql.TermRow;
import org.jspecify.annotations.Nullable;

/**
 * Which minimum each cycle has, from the terms that held. A cycle's is that of the plan; where the plan changed in it, or it was
 * cut short by another cycle or the end, each plan's counts for the time that it held: Σ minimum × time ÷ whole cycle, by the
 * microsecond, rounded once, half even, to 6 places.
 */
final class MinimumCycles {
    private final List<TermRow> terms;

    /**
     * Of one customer.
     *
     * @param terms by their beginning
     */
    MinimumCycles(List<TermRow> terms) {
        this.terms = List.copyOf(terms);
    }

    /**
     * A cycle and the least that its usage is charged.
     *
     * @param to where it ends or was cut
     */
    record Due(Instant from, Instant to, BigDecimal minimum) {
        /** What is to be posted beside what its usage was charged: so both come to the minimum, or the usage is more. */
        BigDecimal missing(BigDecimal charged) {
            return missing(minimum, charged);
        }

        static BigDecimal missing(BigDecimal minimum, BigDecimal charged) {
            return minimum.subtract(charged).max(Proration.NOTHING);
        }
    }

    /** Where the first term with a minimum begins. */
    Optional<Instant> first() {
        return terms.stream()
                .filter(term -> least(term).signum() > 0)
                .map(TermRow::startsAt)
                .findFirst();
    }

    /** The cycles that had ended at an instant, from the one on that an earlier instant falls in. */
    List<Due> ended(Instant from, Instant upTo) {
        List<Due> ended = new ArrayList<>();
        Due next = at(from);
        while (next != null && !next.to().isAfter(upTo)) {
            ended.add(next);
            next = at(next.to());
        }
        return ended;
    }

    /** When the minimum is to be looked at next, given that everything that had ended at an instant was; empty: never as it is. */
    Optional<Instant> next(Instant after) {
        Due running = at(after);
        return running == null || running.minimum().signum() == 0 ? Optional.empty() : Optional.of(running.to());
    }

    /** The cycle of an instant; null after the end of the last subscription. */
    private @Nullable Due at(Instant instant) {
        int i = index(instant);
        while (i < terms.size() && terms.get(i).planId() == null) {
            i++;
        }
        if (i == terms.size()) {
            return null;
        }
        TermRow term = terms.get(i);
        Instant begin = term.startsAt().isAfter(instant) ? term.startsAt() : instant;
        Cycles cycles = cycles(term);
        Cycle cycle = cycles.atOrFirst(begin);
        Instant whole = cycles.wholeFrom(cycle);
        BigDecimal sum = BigDecimal.ZERO;
        Instant from = begin;
        int last = i;
        while (last + 1 < terms.size() && terms.get(last + 1).startsAt().isBefore(cycle.to())) {
            TermRow next = terms.get(last + 1);
            sum = sum.add(part(terms.get(last), from, next.startsAt()));
            from = next.startsAt();
            if (next.planId() == null || !cycles(next).equals(cycles)) {
                return new Due(cycle.from(), from, share(sum, whole, cycle.to()));
            }
            last++;
        }
        sum = sum.add(part(terms.get(last), from, cycle.to()));
        return new Due(cycle.from(), cycle.to(), share(sum, whole, cycle.to()));
    }

    private int index(Instant instant) {
        int i = 0;
        while (i + 1 < terms.size() && !terms.get(i + 1).startsAt().isAfter(instant)) {
            i++;
        }
        return i;
    }

    private static Cycles cycles(TermRow term) {
        return new Cycles(term.anchor(), term.cycle(), ZoneId.of(term.zone()), term.stubFrom());
    }

    private static BigDecimal least(TermRow term) {
        BigDecimal minimum = term.minimum();
        return minimum == null ? BigDecimal.ZERO : minimum;
    }

    private static BigDecimal part(TermRow term, Instant from, Instant to) {
        return least(term).multiply(BigDecimal.valueOf(ChronoUnit.MICROS.between(from, to)));
    }

    private static BigDecimal share(BigDecimal sum, Instant from, Instant to) {
        return sum.divide(
                BigDecimal.valueOf(ChronoUnit.MICROS.between(from, to)),
                Decimals.AMOUNT_PLACES,
                RoundingMode.HALF_EVEN);
    }
}

package org.bursar.plans.internal;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.bursar.plans.internal.Cycles.Cycle;
import org.bursar.plans.internal.sql.TermRow;

/**
 * The cycle that an instant falls in, and the plan that held then.
 *
 * @param version empty: no plan held
 * @param since when that plan, or its absence, began to hold
 */
record TermCycle(Cycle cycle, Optional<VersionKey> version, Instant since) {
    /**
     * Without a subscription the tenant's calendar months count; after its end they begin with that end.
     *
     * @param terms of one customer, by their beginnings
     * @param zone the tenant's
     */
    static TermCycle at(Instant time, List<TermRow> terms, ZoneId zone) {
        if (terms.isEmpty()) {
            return new TermCycle(Cycles.calendarMonths(zone).at(time), Optional.empty(), Instant.MIN);
        }
        TermRow term = terms.get(0);
        for (TermRow next : terms) {
            if (next.startsAt().isAfter(time)) {
                break;
            }
            term = next;
        }
        ZoneId at = ZoneId.of(term.zone());
        if (term.planId() == null || term.number() == null) {
            Cycle month = Cycles.calendarMonths(at).at(time);
            Instant from = month.from().isBefore(term.startsAt()) ? term.startsAt() : month.from();
            return new TermCycle(new Cycle(from, month.to()), Optional.empty(), term.startsAt());
        }
        Cycle cycle = new Cycles(term.anchor(), term.cycle(), at, term.stubFrom()).atOrFirst(time);
        return new TermCycle(cycle, Optional.of(new VersionKey(term.planId(), term.number())), term.startsAt());
    }
}

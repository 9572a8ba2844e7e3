package org.bursar.metering.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.PlanId;
import org.bursar.metering.internal.sql.EventColumns;
import org.bursar.metering.internal.sql.SumColumns;
import org.bursar.plans.RatingBasis;

/** Counted events as the columns that are written. */
final class UsageRows {
    private final List<Counted> events;

    UsageRows(List<Counted> events) {
        this.events = events;
    }

    @SuppressWarnings("NullAway") // an array of a nullable column has nulls
    EventColumns columns() {
        return new EventColumns(
                column(UUID[]::new, counted -> counted.candidate().customer().uuid()),
                column(UUID[]::new, counted -> counted.candidate().meter().id().uuid()),
                column(UUID[]::new, counted -> counted.candidate().eventId()),
                column(Instant[]::new, counted -> counted.candidate().time()),
                column(String[]::new, counted -> counted.candidate().event().source()),
                column(String[]::new, counted -> counted.candidate().event().id()),
                column(BigDecimal[]::new, counted -> counted.candidate().quantity()),
                column(BigDecimal[]::new, counted -> counted.price().charge()),
                column(BigDecimal[]::new, counted -> counted.price().cost()),
                column(
                        String[]::new,
                        counted -> counted.candidate().event().attributes().orElse(null)),
                column(UUID[]::new, counted -> counted.posting().orElse(null)),
                column(
                        UUID[]::new,
                        counted -> basis(counted).plan().map(PlanId::uuid).orElse(null)),
                column(
                        Integer[]::new,
                        counted -> basis(counted).plan().isPresent()
                                ? basis(counted).version()
                                : null),
                column(Instant[]::new, counted -> basis(counted).cycleFrom()),
                column(BigDecimal[]::new, counted -> basis(counted).before()),
                column(BigDecimal[]::new, counted -> basis(counted).chargedBefore()),
                column(BigDecimal[]::new, counted -> basis(counted).costPerUnit()));
    }

    @SuppressWarnings("NullAway") // an array of a nullable column has nulls
    private <T> T[] column(IntFunction<T[]> array, Function<Counted, T> value) {
        return events.stream().map(value).toArray(array);
    }

    private static RatingBasis basis(Counted counted) {
        return counted.price().basis();
    }

    /** What they add to each hour. */
    SumColumns sums() {
        Map<Place, Sum> sums = new LinkedHashMap<>();
        for (Counted counted : events) {
            Candidate candidate = counted.candidate();
            Instant hour = candidate.time().truncatedTo(ChronoUnit.HOURS);
            sums.merge(
                    new Place(candidate.customer(), hour, candidate.meter().id()),
                    new Sum(
                            1,
                            candidate.quantity(),
                            counted.price().charge(),
                            counted.price().cost()),
                    Sum::plus);
        }
        Collection<Place> places = sums.keySet();
        Collection<Sum> values = sums.values();
        return new SumColumns(
                places.stream().map(place -> place.customer().uuid()).toArray(UUID[]::new),
                places.stream().map(Place::hour).toArray(Instant[]::new),
                places.stream().map(place -> place.meter().uuid()).toArray(UUID[]::new),
                values.stream().map(Sum::events).toArray(Long[]::new),
                values.stream().map(Sum::quantity).toArray(BigDecimal[]::new),
                values.stream().map(Sum::charge).toArray(BigDecimal[]::new),
                values.stream().map(Sum::cost).toArray(BigDecimal[]::new));
    }

    private record Place(CustomerId customer, Instant hour, MeterId meter) {}

    private record Sum(long events, BigDecimal quantity, BigDecimal charge, BigDecimal cost) {
        Sum plus(Sum other) {
            return new Sum(
                    events + other.events,
                    quantity.add(other.quantity),
                    charge.add(other.charge),
                    cost.add(other.cost));
        }
    }
}

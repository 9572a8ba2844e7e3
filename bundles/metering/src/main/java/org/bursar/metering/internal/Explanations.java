package org.bursar.metering.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TypeId;
import org.bursar.kernel.UsageEventId;
import org.bursar.metering.ExplainedEvent;
import org.bursar.metering.internal.sql.RatedEventRow;
import org.bursar.metering.internal.sql.RepricingMapper;
import org.bursar.metering.internal.sql.UsageMapper;
import org.bursar.plans.Meter;
import org.bursar.plans.RatingBasis;
import org.bursar.plans.UsageRating;

/** Computes charges again from what was kept with their events. */
final class Explanations {
    private static final Duration NEAR = Duration.ofHours(1);
    private static final int MOST_REPRICINGS = 100;
    private static final Duration FUTURE = Duration.ofDays(2);

    private final Database database;
    private final Customers customers;
    private final UsageRating rating;
    private final UsageMapper sql;
    private final RepricingMapper repricings;

    Explanations(Database database, Customers customers, UsageRating rating, UsageMapper sql) {
        this.database = database;
        this.customers = customers;
        this.rating = rating;
        this.sql = sql;
        this.repricings = database.mapper("metering", RepricingMapper.class);
    }

    ExplainedEvent of(Scope scope, CustomerId customer, UsageEventId id, int lateDays) {
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            RatedEventRow row = find(scope, customer, id, lateDays).orElseThrow(Problems::notFound);
            RatingBasis basis = basis(row);
            Meter meter = rating.metersById(scope, Set.of(row.meterId())).get(row.meterId());
            if (meter == null) {
                throw new IllegalStateException("usage of a meter that is gone: " + row.meterId());
            }
            return new ExplainedEvent(
                    row.eventId(),
                    meter.key(),
                    row.eventTime(),
                    row.quantity(),
                    row.charge(),
                    row.cost(),
                    basis,
                    rating.explain(scope, row.meterId(), row.quantity(), basis),
                    repricings.ofCycle(scope.tenant(), customer, basis.cycleFrom(), row.receivedAt(), MOST_REPRICINGS));
        });
    }

    /** The id tells when the event was received; it happened about then, and at most as late as events are taken. */
    private Optional<RatedEventRow> find(Scope scope, CustomerId customer, UsageEventId id, int lateDays) {
        Instant received = TypeId.time(id.uuid());
        return sql.event(scope.tenant(), customer, id, received.minus(NEAR), received.plus(NEAR))
                .or(() -> sql.event(
                        scope.tenant(),
                        customer,
                        id,
                        received.minus(Duration.ofDays(lateDays)).minus(NEAR),
                        received.plus(FUTURE)));
    }

    private static RatingBasis basis(RatedEventRow row) {
        Instant cycleFrom = row.cycleFrom();
        BigDecimal before = row.quantityBefore();
        BigDecimal charged = row.chargedBefore();
        BigDecimal costPerUnit = row.costPerUnit();
        if (cycleFrom == null || before == null || charged == null || costPerUnit == null) {
            throw Problems.notFound();
        }
        Integer number = row.planNumber();
        return new RatingBasis(
                Optional.ofNullable(row.planId()),
                number == null ? 0 : number,
                cycleFrom,
                before,
                charged,
                costPerUnit);
    }
}

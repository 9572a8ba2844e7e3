package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.ProblemException;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.PlansProblems;
import org.bursar.plans.Rate;
import org.bursar.plans.RatedUsage;
import org.bursar.plans.RatingBasis;
import org.bursar.plans.internal.sql.CounterRow;

/** One customer's consumption of one meter in one cycle, while its row is locked. */
final class Counter {
    private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(Decimals.AMOUNT_PLACES);

    private final Key key;
    private final Optional<VersionKey> repricedBy;
    private final Instant repricedAt;
    private BigDecimal consumed;
    private BigDecimal charge;
    private BigDecimal cost;

    Counter(CounterRow row) {
        this.key = new Key(row.customerId(), row.meterId(), row.cycleFrom());
        this.repricedBy = repricedBy(row);
        this.repricedAt = Objects.requireNonNullElse(row.repricedAt(), Instant.MIN);
        this.consumed = row.consumed();
        this.charge = row.charge();
        this.cost = row.cost();
    }

    private static Optional<VersionKey> repricedBy(CounterRow row) {
        PlanId plan = row.repricedPlanId();
        Integer number = row.repricedNumber();
        return plan == null || number == null ? Optional.empty() : Optional.of(new VersionKey(plan, number));
    }

    /** Which version prices usage of a time: that which the cycle was repriced by, unless a plan that was chosen since holds then. */
    Optional<VersionKey> version(TermCycle at) {
        return at.since().isAfter(repricedAt) ? at.version() : repricedBy.or(at::version);
    }

    /**
     * Adds a quantity. After a change of plan within the cycle the new plan's prices may take off more than the cycle was ever
     * charged, as the old one priced what came before; a cycle never gives back more than it took.
     *
     * @param version which plan held when it was consumed; empty: none
     * @param plan that version; without a rate for the meter it is free
     */
    RatedUsage add(
            BigDecimal quantity, Optional<VersionKey> version, Optional<PlanVersion> plan, BigDecimal costPerUnit) {
        BigDecimal before = consumed;
        BigDecimal after = inRange(before.add(quantity));
        RatingBasis basis = new RatingBasis(
                version.map(VersionKey::plan),
                version.map(VersionKey::number).orElse(0),
                key.cycleFrom(),
                before,
                charge,
                costPerUnit);
        BigDecimal charged = charge(plan.flatMap(found -> rate(found, key.meter())), before, after, charge);
        BigDecimal spent = Rating.cost(costPerUnit, before, after);
        consumed = after;
        charge = inRange(charge.add(inRange(charged)));
        cost = inRange(cost.add(inRange(spent)));
        return new RatedUsage(charged, spent, basis);
    }

    /** What an event is charged, given what the cycle had been charged before. */
    static BigDecimal charge(Optional<Rate> rate, BigDecimal before, BigDecimal after, BigDecimal chargedBefore) {
        return rate.map(found -> Rating.charge(found.pricing(), found.included(), before, after))
                .orElse(NOTHING)
                .max(chargedBefore.max(NOTHING).negate());
    }

    /** What all of a quantity is charged: round6(P(quantity)). */
    static BigDecimal charge(Optional<Rate> rate, BigDecimal quantity) {
        return inRange(charge(rate, BigDecimal.ZERO, quantity, BigDecimal.ZERO));
    }

    static Optional<Rate> rate(PlanVersion plan, MeterId meter) {
        return plan.rates().stream().filter(rate -> rate.meter().equals(meter)).findFirst();
    }

    static BigDecimal inRange(BigDecimal value) {
        if (!Decimals.fits(value, Decimals.AMOUNT_PLACES)) {
            throw new ProblemException(
                    PlansProblems.USAGE_OUT_OF_RANGE,
                    "a quantity, charge or cost has more than 14 digits before the point");
        }
        return value;
    }

    Key key() {
        return key;
    }

    BigDecimal consumed() {
        return consumed;
    }

    BigDecimal charge() {
        return charge;
    }

    BigDecimal cost() {
        return cost;
    }

    /** Names a counter. */
    record Key(CustomerId customer, MeterId meter, Instant cycleFrom) {}
}

package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.ChangeRule;
import org.bursar.plans.CycleStart;
import org.bursar.plans.Subscriptions.When;
import org.bursar.plans.internal.Cycles.Cycle;
import org.jspecify.annotations.Nullable;

/**
 * What choosing a plan does. A preview shows it and a change carries it out, so they cannot differ.
 *
 * @param at from which instant the plan holds
 * @param credited what is left of the time that was paid, at the price it was paid at
 * @param charged the same time at the new price, or a new cycle
 * @param cycle the cycle that then runs
 * @param paidUntil the end of what is free or paid then
 * @param paid what the time until then is paid at; empty: it is free
 * @param trial whether a trial runs until then, which the first cycle follows
 */
record PlanChange(
        Effect effect,
        Instant at,
        BigDecimal credited,
        BigDecimal charged,
        Cycle cycle,
        Instant paidUntil,
        Optional<BigDecimal> paid,
        boolean trial) {

    /** How far it goes. */
    enum Effect {
        /** A subscription begins, or begins again. */
        BEGIN,
        /** Another plan in the running cycle. */
        WITHIN_CYCLE,
        /** The cycle is cut short and another begins. */
        NEW_CYCLE,
        /** Nothing changes before the cycle ends; of who is past due, what was paid has ended already. */
        AT_CYCLE_END
    }

    /**
     * A subscription as far as a change looks at it.
     *
     * @param price of its plan for a cycle
     * @param paid what the time until {@code paidUntil} was paid at; empty: it is free
     * @param addOns what a month of its add-ons costs
     * @param trial whether a trial runs
     */
    record Held(
            BigDecimal price,
            Cycles cycles,
            Instant paidUntil,
            Optional<BigDecimal> paid,
            BigDecimal addOns,
            boolean trial) {
        /** The cycle that ends when what was paid does, while that lies ahead. */
        private Cycle paidCycle() {
            return cycles.at(paidUntil.minusNanos(1));
        }

        private boolean ahead(Instant now) {
            return now.isBefore(paidUntil);
        }

        /** What is left of a price that was paid with the cycle; nothing of what was free or is still owed. */
        BigDecimal rest(BigDecimal price, Instant now) {
            if (paid.isEmpty() || !ahead(now)) {
                return Proration.NOTHING;
            }
            return Proration.rest(price, cycles.wholeFrom(paidCycle()), paidUntil, now);
        }

        /** What is left of everything that was paid with the cycle. */
        BigDecimal restOfCycle(Instant now) {
            return rest(RecurringCost.ofCycle(paid.orElse(BigDecimal.ZERO), cycles.length(), addOns), now);
        }
    }

    /** The plan that is chosen. */
    record Wanted(BigDecimal price, BillingCycle cycle, CycleStart start, ChangeRule rule, int trialDays) {
        /** A plan whose cycles begin with the subscription. */
        Wanted(BigDecimal price, BillingCycle cycle, ChangeRule rule, int trialDays) {
            this(price, cycle, CycleStart.ANNIVERSARY, rule, trialDays);
        }

        /** Its cycles, when it begins at an instant. */
        Cycles cycles(Instant begin, ZoneId zone) {
            return Cycles.beginning(begin, cycle, start, zone);
        }
    }

    /** The first cycle is free; a plan with a trial has that instead. */
    static PlanChange begin(Wanted wanted, ZoneId zone, Instant now) {
        boolean trial = wanted.trialDays() > 0;
        Cycle first = wanted.cycles(now, zone).at(now);
        Instant end = trial ? now.atZone(zone).plusDays(wanted.trialDays()).toInstant() : first.to();
        Cycle cycle = first.cutAt(end);
        return new PlanChange(
                Effect.BEGIN, now, Proration.NOTHING, Proration.NOTHING, cycle, end, Optional.empty(), trial);
    }

    /**
     * A cycle that begins now and is owed from its first instant; whoever takes it has the money in the wallet.
     *
     * @param held what is given up for it, which is neither past due nor ended; empty: nothing
     */
    static PlanChange owed(Optional<Held> held, Wanted wanted, ZoneId zone, Instant now) {
        return new PlanChange(
                held.isPresent() ? Effect.NEW_CYCLE : Effect.BEGIN,
                now,
                held.map(present -> present.restOfCycle(now)).orElse(Proration.NOTHING),
                Proration.NOTHING,
                wanted.cycles(now, zone).at(now),
                now,
                Optional.empty(),
                false);
    }

    /**
     * The change of a subscription that has not ended.
     *
     * @param asked when it is to take effect; null: as the plan or the rule says
     * @param zone the tenant's, by which a new cycle is counted
     */
    static PlanChange of(Held held, Wanted wanted, @Nullable When asked, ZoneId zone, Instant now) {
        boolean same = held.cycles().length() == wanted.cycle() && held.cycles().start() == wanted.start();
        boolean ahead = held.ahead(now);
        // of who is past due a new cycle begins where what was paid has ended: nobody gets rid of a debt by changing
        if ((asked == null ? rule(held, wanted) : asked) == When.CYCLE_END || !same && !ahead) {
            return unpaid(Effect.AT_CYCLE_END, held.paidUntil(), held, now);
        }
        if (!same && !held.trial()) {
            Cycles cycles = wanted.cycles(now, zone);
            Cycle cycle = cycles.at(now);
            BigDecimal all = cycles.price(RecurringCost.ofCycle(wanted.price(), wanted.cycle(), held.addOns()), cycle);
            return new PlanChange(
                    Effect.NEW_CYCLE,
                    now,
                    held.restOfCycle(now),
                    all,
                    cycle,
                    cycle.to(),
                    Optional.of(wanted.price()),
                    false);
        }
        if (held.paid().isEmpty() || !ahead) {
            return unpaid(Effect.WITHIN_CYCLE, now, held, now);
        }
        return new PlanChange(
                Effect.WITHIN_CYCLE,
                now,
                held.rest(held.paid().get(), now),
                held.rest(wanted.price(), now),
                held.cycles().atOrFirst(now),
                held.paidUntil(),
                Optional.of(wanted.price()),
                false);
    }

    private static PlanChange unpaid(Effect effect, Instant at, Held held, Instant now) {
        return new PlanChange(
                effect,
                at,
                Proration.NOTHING,
                Proration.NOTHING,
                held.trial()
                        ? held.cycles().atOrFirst(now).cutAt(held.paidUntil())
                        : held.cycles().atOrFirst(now),
                held.paidUntil(),
                held.paid(),
                held.trial());
    }

    /** What costs as much a month is no downgrade. */
    private static When rule(Held held, Wanted wanted) {
        BigDecimal before = held.price().multiply(BigDecimal.valueOf(RecurringCost.months(wanted.cycle())));
        BigDecimal after = wanted.price()
                .multiply(BigDecimal.valueOf(RecurringCost.months(held.cycles().length())));
        return after.compareTo(before) >= 0
                ? wanted.rule().upgrade().orElse(When.NOW)
                : wanted.rule().downgrade().orElse(When.CYCLE_END);
    }

    /** Whether a cycle begins with it. */
    boolean begins() {
        return effect == Effect.BEGIN || effect == Effect.NEW_CYCLE;
    }

    /** What the wallet is changed by; below zero it is taken. */
    BigDecimal amount() {
        return credited.subtract(charged);
    }
}

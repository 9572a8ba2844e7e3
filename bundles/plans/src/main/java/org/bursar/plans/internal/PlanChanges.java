package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.credits.Balance;
import org.bursar.credits.CreditsProblems;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Ledger;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.plans.NewOverrides;
import org.bursar.plans.PlanPreview;
import org.bursar.plans.Price;
import org.bursar.plans.SubscribedAddOn;
import org.bursar.plans.Subscriptions.When;
import org.bursar.plans.internal.PlanChange.Effect;
import org.bursar.plans.internal.PlanChange.Held;
import org.bursar.plans.internal.PlanChoice.Chosen;
import org.bursar.plans.internal.SubscriptionAddOns.Change;
import org.bursar.plans.internal.sql.SubscriptionMapper;
import org.bursar.plans.internal.sql.SubscriptionRow;
import org.jspecify.annotations.Nullable;

/**
 * Changes of plans and add-ons with what they cost, in the transaction of whoever calls: the subscription's row is locked, the
 * entry has a key made of the subscription and its version, which the change itself moves on, and a wallet that does not cover
 * the entry undoes all of it.
 */
final class PlanChanges {
    private final Ledger ledger;
    private final TenantClocks clocks;
    private final PlanChoice choice;
    private final SubscriptionAddOns addOns;
    private final OwnVersions own;
    private final SubscriptionMapper sql;

    PlanChanges(
            Database database,
            Ledger ledger,
            TenantClocks clocks,
            PlanChoice choice,
            SubscriptionAddOns addOns,
            OwnVersions own) {
        this.ledger = ledger;
        this.clocks = clocks;
        this.choice = choice;
        this.addOns = addOns;
        this.own = own;
        this.sql = database.mapper("plans", SubscriptionMapper.class);
    }

    /** Makes the newest version of a plan the customer's. */
    void choose(Scope scope, CustomerId customer, @Nullable String name, @Nullable When when, OptionalLong expected) {
        Chosen chosen = choice.named(scope.tenant(), name);
        Optional<Long> present = choice.lock(scope, customer);
        if (expected.isPresent() && (present.isEmpty() || present.get() != expected.getAsLong())) {
            throw new ProblemException(Problems.STALE, "the subscription changed meanwhile");
        }
        if (present.isEmpty()) {
            choice.begin(scope, customer, chosen);
            return;
        }
        SubscriptionRow row = sql.find(scope.tenant(), customer).orElseThrow(Problems::notFound);
        make(scope, row, own.kept(scope.tenant(), row, chosen), when);
    }

    private void make(Scope scope, SubscriptionRow row, Chosen chosen, @Nullable When when) {
        PlanChange change = choice.change(scope, Optional.of(row), chosen, when, now(scope));
        choice.apply(scope, row, chosen, change);
        post(scope, row, change.amount(), words(row, chosen, change));
        // after the price, which it does not pay
        if (change.begins() && !change.trial()) {
            choice.bring(scope, row.customerId());
        }
    }

    /**
     * Begins a cycle of a plan now, which is owed; what is left of one that was paid is given back. Of who is past due the plan is that
     * of the cycle that is owed.
     *
     * @param row the customer's subscription, which is locked; empty: there was none
     */
    void anew(Scope scope, CustomerId customer, Optional<SubscriptionRow> row, Chosen chosen) {
        Instant now = now(scope);
        ZoneId zone = choice.zone(scope);
        if (row.isEmpty()) {
            choice.start(scope, customer, chosen, PlanChange.owed(Optional.empty(), chosen.wanted(), zone, now));
            return;
        }
        SubscriptionRow present = row.get();
        Chosen kept = own.kept(scope.tenant(), present, chosen);
        if (!present.cancelled() && !now.isBefore(present.paidUntil())) {
            make(scope, present, kept, When.CYCLE_END);
            return;
        }
        Optional<Held> held = row.filter(one -> !one.cancelled())
                .map(one -> PlanChoice.held(one, addOns.of(scope.tenant(), customer)));
        PlanChange change = PlanChange.owed(held, kept.wanted(), zone, now);
        choice.apply(scope, present, kept, change);
        post(scope, present, change.amount(), words(present, kept, change));
    }

    /**
     * Gives a customer, whose subscription is locked, terms of its own in the place of its plan's.
     *
     * @return what was agreed before and what is now, for the audit log; empty when it is the same
     */
    Optional<Map.Entry<Agreed, Agreed>> override(Scope scope, SubscriptionRow row, NewOverrides form) {
        Agreed before = own.held(scope.tenant(), row).agreed();
        Chosen chosen = own.asked(scope, row, form);
        if (row.pendingPlanId() == null && before.equals(chosen.agreed())) {
            return Optional.empty();
        }
        make(scope, row, chosen, form.when() == null ? When.NOW : form.when());
        return Optional.of(Map.entry(before, chosen.agreed()));
    }

    /** What {@link #choose} would do now. Nothing is locked, so what happens meanwhile may change it. */
    PlanPreview preview(Scope scope, CustomerId customer, @Nullable String name, @Nullable When when) {
        Chosen named = choice.named(scope.tenant(), name);
        Optional<SubscriptionRow> row = sql.find(scope.tenant(), customer).filter(present -> !present.cancelled());
        Chosen chosen =
                row.map(present -> own.kept(scope.tenant(), present, named)).orElse(named);
        PlanChange change = choice.change(scope, row, chosen, when, now(scope));
        ZoneId zone = choice.zone(scope);
        List<SubscribedAddOn> had = row.isEmpty() ? List.of() : addOns.of(scope.tenant(), customer);
        Price price = chosen.version().price();
        BigDecimal amount = change.amount();
        Optional<BigDecimal> available =
                amount.signum() < 0 ? Optional.of(available(scope, customer)) : Optional.empty();
        return new PlanPreview(
                chosen.key().plan(),
                chosen.planKey(),
                chosen.planName(),
                named.key().number(),
                change.effect() == Effect.AT_CYCLE_END ? When.CYCLE_END : When.NOW,
                change.at(),
                change.begins(),
                new Price(change.credited(), price.currency()),
                new Price(change.charged(), price.currency()),
                entries(row, chosen, change, zone),
                available,
                available.map(most -> most.compareTo(amount.negate()) >= 0).orElse(true),
                change.cycle().from(),
                change.cycle().to(),
                change.paidUntil(),
                new Price(nextRenewal(chosen, change, had, zone), price.currency()),
                RecurringCost.ofMonth(price, chosen.version().cycle(), had));
    }

    /** What is taken next: of cycles that only begin then and are the calendar's, a part. */
    private static BigDecimal nextRenewal(Chosen chosen, PlanChange change, List<SubscribedAddOn> had, ZoneId zone) {
        BigDecimal whole = RecurringCost.ofCycle(
                chosen.version().price().amount(), chosen.version().cycle(), had);
        if (!change.trial() && change.effect() != Effect.AT_CYCLE_END) {
            return whole;
        }
        Cycles cycles = chosen.wanted().cycles(change.paidUntil(), zone);
        return cycles.price(whole, cycles.at(change.paidUntil()));
    }

    private static List<PlanPreview.Entry> entries(
            Optional<SubscriptionRow> row, Chosen chosen, PlanChange change, ZoneId zone) {
        List<PlanPreview.Entry> entries = new ArrayList<>();
        if (row.isPresent() && change.amount().signum() != 0) {
            entries.add(new PlanPreview.Entry(change.amount(), words(row.get(), chosen, change)));
        }
        if (change.begins() && !change.trial()) {
            BigDecimal brought = Allowances.of(
                    chosen.version().payment().allowance(), chosen.wanted().cycles(change.at(), zone), change.cycle());
            if (brought.signum() != 0) {
                entries.add(new PlanPreview.Entry(brought, Allowances.words(chosen.planName(), change.cycle())));
            }
        }
        return entries;
    }

    /** Charges what more of an add-on costs for the rest of the cycle, or gives back what less of it saves. */
    void charge(Scope scope, SubscriptionRow row, Change change) {
        int months = RecurringCost.months(row.cycle());
        BigDecimal more = change.costAfter().subtract(change.costBefore()).multiply(BigDecimal.valueOf(months));
        BigDecimal charged = PlanChoice.held(row, List.of()).rest(more, now(scope));
        post(scope, row, charged.negate(), change.words());
    }

    private void post(Scope scope, SubscriptionRow row, BigDecimal amount, String words) {
        if (amount.signum() == 0) {
            return;
        }
        if (!Decimals.fits(amount, Decimals.AMOUNT_PLACES)) {
            throw insufficient(amount, available(scope, row.customerId())); // more than any wallet holds
        }
        Posting posting = new Posting(
                row.customerId(),
                amount,
                EntryKind.PRORATION,
                Optional.of(row.subscriptionId().toString()),
                Optional.of(words),
                DerivedKey.of("proration " + row.subscriptionId() + ' ' + row.version()),
                true);
        PostResult result = ledger.post(scope, List.of(posting)).get(0);
        if (result instanceof PostResult.Insufficient refused) {
            throw insufficient(amount, refused.available());
        }
        if (!(result instanceof PostResult.Posted posted) || posted.before()) {
            throw new IllegalStateException("no wallet, or posted before: " + row.subscriptionId());
        }
    }

    private static ProblemException insufficient(BigDecimal amount, BigDecimal available) {
        return new ProblemException(Problem.of(
                        CreditsProblems.INSUFFICIENT_CREDITS,
                        "The change costs " + Decimals.text(amount.negate()) + " now, and " + Decimals.text(available)
                                + " is available; nothing was changed.")
                .with("available", Decimals.text(available)));
    }

    private BigDecimal available(Scope scope, CustomerId customer) {
        Balance balance = ledger.balances(scope, List.of(customer)).get(customer);
        return balance == null ? BigDecimal.ZERO : balance.available().add(balance.overdraft());
    }

    private static String words(SubscriptionRow row, Chosen chosen, PlanChange change) {
        return chosen.planName() + " instead of " + row.planName() + ": charged " + Decimals.text(change.charged())
                + ", credited " + Decimals.text(change.credited());
    }

    /** To the microsecond, as the database keeps it: what is charged is counted from the instant that is written. */
    private Instant now(Scope scope) {
        return clocks.of(scope.tenant()).instant().truncatedTo(ChronoUnit.MICROS);
    }
}

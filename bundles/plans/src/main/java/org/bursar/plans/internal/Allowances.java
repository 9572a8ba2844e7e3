package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Grant;
import org.bursar.credits.Ledger;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Scope;
import org.bursar.plans.internal.Cycles.Cycle;
import org.bursar.plans.internal.sql.SubscriptionRow;

/**
 * The credit that a plan's cycles bring: a lot for each cycle, which expires with it. It is posted under a key made of subscription and
 * cycle, so once, in the transaction that begins the cycle or has it paid; and after the price, which it does not pay.
 */
final class Allowances {
    private final Ledger ledger;

    Allowances(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What a cycle brings: its part, where it is what is left of a calendar month. */
    static BigDecimal of(BigDecimal allowance, Cycles cycles, Cycle cycle) {
        return allowance.signum() == 0 ? allowance : cycles.price(allowance, cycle);
    }

    static String words(String plan, Cycle cycle) {
        return plan + ": allowance until " + cycle.to();
    }

    /** Adds what a cycle of a subscription brings. One that has ended meanwhile, as of who pays late, brings nothing any more. */
    void grant(Scope scope, SubscriptionRow row, Instant from, Instant now) {
        BigDecimal whole = row.allowance();
        if (whole == null) {
            return;
        }
        Cycles cycles = PlanChoice.cycles(row);
        Cycle cycle = cycles.at(from);
        BigDecimal amount = of(whole, cycles, cycle);
        if (amount.signum() == 0 || !cycle.to().isAfter(now) || !Decimals.fits(amount, Decimals.AMOUNT_PLACES)) {
            return;
        }
        Posting posting = new Posting(
                row.customerId(),
                amount,
                EntryKind.PLAN_ALLOWANCE,
                Optional.of(row.subscriptionId().toString()),
                Optional.of(words(row.planName(), cycle)),
                DerivedKey.of("allowance " + row.subscriptionId() + ' ' + cycle.from()),
                false,
                Optional.of(new Grant(Grant.USUAL_PRIORITY, Optional.of(cycle.to()))));
        PostResult result = ledger.post(scope, List.of(posting)).get(0);
        if (!(result instanceof PostResult.Posted)) {
            throw new IllegalStateException("an allowance without a wallet: " + row.subscriptionId());
        }
    }
}

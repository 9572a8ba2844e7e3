package org.bursar.credits.internal;

import java.util.Optional;
import java.util.Set;
import org.bursar.credits.Balance;
import org.bursar.credits.CreditsProblems;
import org.bursar.credits.Ledger;
import org.bursar.customers.AccessReason;
import org.bursar.customers.AccessRule;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * A customer is served as long as what is available and the overdraft together are not below zero. At exactly zero it
 * still is: a plan's included quantities need no credit, and what goes beyond them is charged and then counts here.
 */
@Component(service = AccessRule.class)
public final class BalanceRule implements AccessRule {
    static final String NAME = "balance";

    private final Ledger ledger;

    @Activate
    public BalanceRule(@Reference Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<AccessReason> refusal(Scope scope, CustomerId customer, Optional<UserId> user) {
        Balance balance = ledger.balances(scope, Set.of(customer)).get(customer);
        String code = CreditsProblems.INSUFFICIENT_CREDITS.code();
        if (balance == null) {
            return Optional.of(new AccessReason(code, "The customer has no wallet."));
        }
        if (balance.available().add(balance.overdraft()).signum() >= 0) {
            return Optional.empty();
        }
        return Optional.of(new AccessReason(
                code, "Available is " + Decimals.text(balance.available()) + ' ' + balance.unit() + "; add credit."));
    }
}

package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.bursar.credits.Balance;
import org.bursar.credits.Ledger;
import org.bursar.customers.CustomerFacts;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Scope;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The balance column of the customer list. */
@Component(service = CustomerFacts.class)
public final class WalletFacts implements CustomerFacts {
    private final Ledger ledger;

    @Activate
    public WalletFacts(@Reference Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Map<CustomerId, Map<String, Object>> facts(Scope scope, Collection<CustomerId> customers) {
        Map<CustomerId, Balance> balances = ledger.balances(scope, customers);
        Map<CustomerId, Map<String, Object>> facts = new HashMap<>();
        for (CustomerId customer : customers) {
            Balance balance = balances.get(customer);
            facts.put(
                    customer, Map.of("balance", Decimals.text(balance == null ? BigDecimal.ZERO : balance.balance())));
        }
        return facts;
    }
}

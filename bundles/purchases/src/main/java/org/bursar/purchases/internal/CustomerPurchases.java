package org.bursar.purchases.internal;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.customers.CustomerFacts;
import org.bursar.customers.CustomerPart;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.purchases.internal.sql.InboxMapper;
import org.bursar.purchases.internal.sql.MethodMapper;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.SlipMapper;
import org.bursar.purchases.internal.sql.TopUpMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a customer list shows of purchases, and what of them goes when a customer is erased: the payer's address and methods. */
@Component(service = {CustomerPart.class, CustomerFacts.class})
public final class CustomerPurchases implements CustomerPart, CustomerFacts {
    private static final int ORDER = 300;

    private final Database database;
    private final Clock clock;
    private final PurchaseMapper mapper;
    private final InboxMapper inbox;
    private final SlipMapper slips;
    private final TopUpMapper topUps;
    private final MethodMapper methods;

    @Activate
    public CustomerPurchases(@Reference Database database, @Reference Clock clock) {
        this.database = database;
        this.clock = clock;
        mapper = database.mapper("purchases", PurchaseMapper.class);
        inbox = database.mapper("purchases", InboxMapper.class);
        slips = database.mapper("purchases", SlipMapper.class);
        topUps = database.mapper("purchases", TopUpMapper.class);
        methods = database.mapper("purchases", MethodMapper.class);
    }

    @Override
    public String name() {
        return "purchases";
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void created(Scope scope, CustomerId customer, Optional<String> plan) {
        // a customer begins without purchases
    }

    @Override
    public void erased(Scope scope, CustomerId customer) {
        database.run(scope, () -> {
            mapper.erasePayer(scope.tenant(), customer, clock.instant());
            topUps.delete(scope.tenant(), customer);
            methods.forgetAll(scope.tenant(), customer, clock.instant());
        });
        // slips, and what providers sent about the customer's purchases names the payer
        database.run(scope.wholeTenant(), () -> {
            inbox.erase(scope.tenant(), customer);
            slips.erase(scope.tenant(), customer);
        });
    }

    @Override
    public Map<CustomerId, Map<String, Object>> facts(Scope scope, Collection<CustomerId> customers) {
        Map<CustomerId, Map<String, Object>> facts = new HashMap<>();
        customers.forEach(customer -> facts.put(customer, Map.of("purchases", 0L)));
        UUID[] ids = customers.stream().map(CustomerId::uuid).toArray(UUID[]::new);
        database.transact(scope, () -> mapper.approvedOf(scope.tenant(), ids))
                .forEach(row -> facts.put(row.customerId(), Map.of("purchases", row.purchases())));
        return facts;
    }
}

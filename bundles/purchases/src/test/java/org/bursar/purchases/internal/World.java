package org.bursar.purchases.internal;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.bursar.credits.Ledger;
import org.bursar.credits.internal.LedgerBook;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.customers.AccessMemory;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.identity.UserSummary;
import org.bursar.identity.Users;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.payments.spi.ManualDecision;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.SettingsSchema.Field;
import org.bursar.payments.spi.SettingsSchema.Kind;
import org.bursar.purchases.PackageDraft;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.SettingValue;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;

/** The whole bundle over a real database and the real ledger; customers, users and the registry of services are our own. */
final class World implements AutoCloseable {
    static final String DEPOSIT = "deposit";
    static final String CARD = "card";

    final TestDatabase test = TestDatabase.fresh();
    final TestClock clock = TestClock.at("2026-11-21T10:00:00Z");
    final Database database = test.database();
    final List<String> audited = Collections.synchronizedList(new ArrayList<>());
    private final Audit audit =
            (scope, action, subject, customer, before, after) -> audited.add(action + " " + subject);
    final FakeServices services = new FakeServices();
    final ScriptedGateway card = new ScriptedGateway(CARD);
    final ScriptedGateway deposit = new Deposit();
    final Ledger ledger = new LedgerBook(database, clock, new NobodyAsks());
    final GatewayCalls calls = new GatewayCalls(services, clock);
    final GatewayDirectory directory = new GatewayDirectory(services, calls);
    final StoredPackages packages;
    final TenantGateways gateways;
    final LedgerPurchases purchases;
    final Settlement settlement;
    final RecurringJob reconciliation;
    private final SettingsStore store;
    private final Checkout checkout;
    private final PurchasesSettings configuration;
    final RecurringJob expiry;
    private final WalletMapper wallets = database.mapper("credits", WalletMapper.class);
    private final Map<TenantId, Set<CustomerId>> customers = new ConcurrentHashMap<>();

    TenantGateways gateways(TenantClocks clocks) {
        return new TenantGateways(database, test.secrets(), audit, clocks, directory, store);
    }

    World() {
        configuration =
                new PurchasesSettings(URI.create("http://127.0.0.1:8080"), Duration.ofDays(14), Duration.ofMillis(500));
        store = new SettingsStore(database);
        settlement = new Settlement(database, ledger, audit, clock);
        packages = new StoredPackages(database, audit, clock);
        gateways = gateways(clock);
        checkout = new Checkout(
                database,
                test.secrets(),
                audit,
                users(),
                customers(),
                packages,
                directory,
                calls,
                store,
                settlement,
                configuration,
                clock);
        purchases = new LedgerPurchases(database, checkout, settlement, clock);
        TenantDirectory tenants = tenants();
        reconciliation = reconciliation(database, tenants);
        expiry = new PurchaseExpiry(database, tenants, settlement, clock);
        services.register(CARD, card);
        services.register(DEPOSIT, deposit);
    }

    RecurringJob reconciliation(Database over, TenantDirectory tenants) {
        return new PurchaseReconciliation(
                over, test.secrets(), tenants, checkout, settlement, store, calls, configuration, clock);
    }

    /** No access is asked for here. */
    private static final class NobodyAsks implements AccessMemory {
        @Override
        public void changed(TenantId tenant, CustomerId customer) {
            // nothing is remembered
        }

        @Override
        public void improved(TenantId tenant, CustomerId customer) {
            // nothing is remembered
        }
    }

    private static final class Deposit extends ScriptedGateway implements ManualDecision {
        Deposit() {
            super(
                    DEPOSIT,
                    SettingsSchema.builder(1)
                            .field(Field.of("account", Kind.TEXT, "Account").asRequired())
                            .field(Field.of("apiKey", Kind.SECRET, "Key").rotating())
                            .field(Field.of("days", Kind.INTEGER, "Days"))
                            .build());
            start = (context, request) -> org.bursar.payments.spi.CheckoutStart.instructions(
                            org.bursar.payments.spi.PaymentRef.of(DEPOSIT, request.purchaseId()), request.number())
                    .line("Account", context.setting("account").orElse("?"))
                    .line("Reference", request.number())
                    .build();
        }
    }

    Scope tenant() {
        TenantId tenant = TenantId.next(clock);
        customers.put(tenant, new HashSet<>());
        Scope scope = Scope.of(tenant, new Actor(Actor.Kind.USER, "usr_1", "Mara"));
        gateways.put(scope, DEPOSIT, Map.of("account", new SettingValue.Text("0417")), OptionalLong.empty());
        return scope;
    }

    CustomerId customer(Scope scope) {
        CustomerId customer = CustomerId.next(clock);
        customers.get(scope.tenant()).add(customer);
        database.run(scope, () -> wallets.open(scope.tenant(), customer, "USD", clock.instant()));
        return customer;
    }

    PackageId credits500(Scope scope) {
        return packages.create(
                scope,
                new PackageDraft("Credit pack $500", new BigDecimal("450.00"), "USD", new BigDecimal("500.00"), true));
    }

    Purchase buy(Scope scope, CustomerId customer, String gateway) {
        PackageId bought = credits500(scope.wholeTenant());
        PurchaseId id = purchases.open(scope, customer, bought, gateway);
        return purchases.checkout(scope, id);
    }

    BigDecimal balance(Scope scope, CustomerId customer) {
        return database.transact(scope, () -> ledger.balances(scope, List.of(customer)))
                .get(customer)
                .balance();
    }

    long entries(Scope scope, CustomerId customer) {
        return database.transact(scope, () ->
                (long) wallets.oldestEntries(scope.tenant(), customer, 0L, 100).size());
    }

    private Customers customers() {
        return (Customers) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {Customers.class}, (proxy, method, arguments) -> {
                    Scope scope = (Scope) arguments[0];
                    if (!method.getName().equals("require")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    CustomerId customer = (CustomerId) arguments[1];
                    if (!scope.sees(customer)
                            || !customers.getOrDefault(scope.tenant(), Set.of()).contains(customer)) {
                        throw Problems.notFound();
                    }
                    return null;
                });
    }

    private Users users() {
        return (Users) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {Users.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("admins")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    Map<CustomerId, UserSummary> admins = new HashMap<>();
                    for (Object customer : (Collection<?>) arguments[1]) {
                        admins.put(
                                (CustomerId) customer,
                                new UserSummary(UserId.next(clock), "Jonas", "jonas@acme.example"));
                    }
                    return admins;
                });
    }

    private TenantDirectory tenants() {
        return tenants(() -> List.copyOf(customers.keySet()));
    }

    TenantDirectory tenants(Supplier<List<TenantId>> all) {
        return new TenantDirectory() {
            @Override
            public Optional<TenantId> bySlug(String slug) {
                return Optional.empty();
            }

            @Override
            public Optional<TenantId> byHost(String host) {
                return Optional.empty();
            }

            @Override
            public boolean exists(TenantId tenant) {
                return customers.containsKey(tenant);
            }

            @Override
            public List<TenantId> all() {
                return all.get();
            }
        };
    }

    @Override
    public void close() {
        calls.close();
        test.close();
    }
}

package org.bursar.purchases.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.bursar.credits.Ledger;
import org.bursar.credits.Wallets;
import org.bursar.credits.internal.LedgerBook;
import org.bursar.credits.internal.LedgerWallets;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.customers.Access;
import org.bursar.customers.AccessMemory;
import org.bursar.customers.AccessReason;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.identity.UserSummary;
import org.bursar.identity.Users;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MailId;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.mail.Mail;
import org.bursar.payments.spi.ManualDecision;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.SettingsSchema.Field;
import org.bursar.payments.spi.SettingsSchema.Kind;
import org.bursar.plans.Renewal;
import org.bursar.plans.Subscription;
import org.bursar.plans.Subscriptions;
import org.bursar.plans.internal.SubscriptionOutlook;
import org.bursar.purchases.PackageDraft;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.SettingValue;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.bursar.webhooks.Announcement;
import org.bursar.webhooks.Announcements;
import org.jspecify.annotations.Nullable;

/** The whole bundle over a real database and the real ledger; customers, users and the registry of services are our own. */
final class World implements AutoCloseable {
    static final String DEPOSIT = "deposit";
    static final String CARD = "card";
    static final String PROVIDER = "provider";
    static final String HOST = "acme.localhost";
    private static final String BEGIN = "2026-11-21T10:00:00Z";

    final TestDatabase test = TestDatabase.fresh();
    final TestClock clock = TestClock.at(BEGIN);
    final Database database = test.database();
    final List<String> audited = Collections.synchronizedList(new ArrayList<>());
    final List<Announcement> told = Collections.synchronizedList(new ArrayList<>());
    private final Audit audit =
            (scope, action, subject, customer, before, after) -> audited.add(action + " " + subject);
    final FakeServices services = new FakeServices();
    final ScriptedGateway card = new ScriptedGateway(CARD);
    final ScriptedGateway deposit = new Deposit();
    final FakeProvider provider = new FakeProvider(PROVIDER);
    /** Whether the node dies after it has posted, before it commits. */
    final AtomicBoolean crashAfterPosting = new AtomicBoolean();

    private final LedgerBook book = new LedgerBook(database, clock, new NobodyAsks());
    final Ledger ledger = crashing(book);
    final GatewayCalls calls = new GatewayCalls(services, clock);
    final GatewayDirectory directory = new GatewayDirectory(services, calls);
    final StoredPackages packages;
    final TenantGateways gateways;
    final LedgerPurchases purchases;
    final Settlement settlement;
    final RecurringJob reconciliation;
    final FreshLook look;
    final RefundCalls refundCalls;
    final RefundPlanning refunds;
    final Wallets wallets;
    final PurchaseLooks looks;
    final LookQueue queue;
    final WebhookHints hints;
    final RecurringJob changes;
    final WebhookReading reading;
    final WebhookAddresses addresses;
    final StoredInbox inbox;
    final RecurringJob inboxReading;
    final RecurringJob inboxCleaning;
    final TenantInstances instances;
    final DepositClaims claims;
    final PersonalLook reconciler;
    final SettingsStore store;
    final StoredTopUps topUps;
    final ProviderPortals portals;
    final RecurringJob automatic;
    final PlanShelf shelf;
    final RecurringJob planPayments;
    final RecurringJob forgetting;
    final List<Mail> mails = Collections.synchronizedList(new ArrayList<>());
    volatile Optional<Subscription> subscription = Optional.empty();
    volatile Optional<Renewal> renewal = Optional.empty();
    /** Who is not served, and whose time is not real. */
    final Set<CustomerId> notServed = ConcurrentHashMap.newKeySet();

    final Set<TenantId> sandboxes = ConcurrentHashMap.newKeySet();
    private final Checkout checkout;
    private final PurchasesSettings configuration;
    final RecurringJob expiry;
    private final WalletMapper walletRows = database.mapper("credits", WalletMapper.class);
    private final Map<TenantId, Set<CustomerId>> customers = new ConcurrentHashMap<>();
    private final Map<CustomerId, String> names = new ConcurrentHashMap<>();

    TenantGateways gateways(TenantClocks clocks) {
        return new TenantGateways(
                database,
                test.secrets(),
                audit,
                clocks,
                directory,
                store,
                new PlatformGateways(directory),
                new SharedAccounts(database, calls));
    }

    World() {
        this(Map.of(), Duration.ofMillis(500));
    }

    /** A world in which providers are where they are said to be. */
    World(Map<String, URI> apis, Duration patienceForCalls) {
        configuration =
                new PurchasesSettings(URI.create("http://127.0.0.1:8080"), Duration.ofDays(14), patienceForCalls, apis);
        store = new SettingsStore(database, configuration);
        RefundBook refundBook = new RefundBook(database, clock);
        PurchaseNews news = new PurchaseNews(announcements());
        TenantPages pages = new TenantPages(tenant -> Optional.of(HOST), configuration);
        TopUpMails topUpMails = new TopUpMails(
                database,
                users(),
                (scope, mail) -> {
                    mails.add(mail);
                    return MailId.next(clock);
                },
                pages);
        TopUpBook topUpBook = new TopUpBook(database, audit, news, topUpMails, clock);
        settlement = new Settlement(database, ledger, audit, new Aftermath(refundBook, news, topUpBook), clock);
        packages = new StoredPackages(database, audit, clock);
        gateways = gateways(clock);
        TenantClocks tenantClocks = new Sandboxes();
        PresentRenewals plans = new PresentRenewals(new SubscriptionOutlook(subscriptions()));
        ChargeGate gate = new ChargeGate(database, customers(), access(), plans, tenantClocks, store);
        checkout = new Checkout(database, test.secrets(), calls, store, settlement, gate, configuration, clock);
        NewPurchases newPurchases = new NewPurchases(
                database,
                audit,
                users(),
                customers(),
                packages,
                directory,
                store,
                settlement,
                pages,
                configuration,
                clock);
        TenantDirectory tenants = tenants();
        shelf = new PlanShelf(
                database, clock, tenantClocks, tenants, customers(), ledger, audit, new NobodyAsks(), announcements());
        PresentSales sales = new PresentSales(shelf.sales);
        NewPlanPurchases newPlans = new NewPlanPurchases(database, customers(), sales, newPurchases, clock);
        CheckoutCancelling cancelling =
                new CheckoutCancelling(database, test.secrets(), directory, calls, store, configuration, clock);
        looks = new PurchaseLooks(
                database, test.secrets(), checkout, cancelling, settlement, store, calls, configuration, clock);
        look = new FreshLook(database, settlement, looks, clock);
        refundCalls = new RefundCalls(
                database, test.secrets(), tenants, settlement, store, calls, look, configuration, clock);
        purchases = new LedgerPurchases(
                database, newPurchases, newPlans, checkout, settlement, cancelling, look, this::like, users(), clock);
        wallets = ledgerWallets();
        refunds = new RefundPlanning(database, settlement, refundBook, refundCalls, directory, wallets, audit, clock);
        queue = new LookQueue(looks);
        hints = new WebhookHints(database, checkout, settlement, store, looks, queue, configuration, clock);
        planPayments = new PlanPayments(
                database,
                sales,
                new SaleLooks(database, newPurchases, settlement, store, looks, queue, sales, clock),
                clock);
        changes = new ChangeFeeds(database, tenants, store, looks, hints, clock);
        reading = new WebhookReading(database, test.secrets(), store, calls, hints, clock);
        addresses = new WebhookAddresses(test.secrets(), configuration);
        inbox = new StoredInbox(database, test.secrets(), audit, tenants, services, addresses, reading, clock);
        inboxReading = new InboxReading(database, tenants, reading, clock);
        inboxCleaning = new InboxCleaning(database, tenants, clock);
        instances = new TenantInstances(database, test.secrets(), audit, gateways, store, calls, addresses, clock);
        claims = new DepositClaims(database, test.secrets(), audit, settlement, purchases, clock);
        reconciler = new PersonalLook(database, audit, settlement, looks, purchases, clock);
        topUps = new StoredTopUps(database, customers(), packages, audit, topUpBook, clock);
        portals = new ProviderPortals(
                database, test.secrets(), audit, directory, store, calls, pages, configuration, clock);
        automatic = new AutomaticTopUps(
                database,
                ledger,
                packages,
                newPurchases,
                new TopUpCalls(database, checkout, look, cancelling),
                gate,
                topUpBook,
                new RenewalNeeds(plans, tenantClocks),
                news,
                topUpMails,
                clock);
        forgetting = new MethodForgetting(database, test.secrets(), tenants, store, calls, configuration, clock);
        reconciliation = reconciliation(database, tenants);
        expiry = new PurchaseExpiry(database, tenants, settlement, clock);
        services.register(CARD, card);
        services.register(DEPOSIT, deposit);
        services.register(PROVIDER, provider);
    }

    RecurringJob reconciliation(Database over, TenantDirectory tenants) {
        return new PurchaseReconciliation(over, tenants, looks, clock);
    }

    private Ledger crashing(Ledger book) {
        return (Ledger) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(book, arguments);
                        if (method.getName().equals("post") && crashAfterPosting.get()) {
                            throw new IllegalStateException("the node died");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Announcements announcements() {
        return new Announcements() {
            @Override
            public void put(Scope scope, Announcement announcement) {
                told.add(announcement);
            }

            @Override
            public boolean wanted(Scope scope, String type) {
                return true;
            }
        };
    }

    private Wallets ledgerWallets() {
        return new LedgerWallets(database, TenantClocks.same(clock), book, customers(), audit);
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
        database.run(scope, () -> walletRows.open(scope.tenant(), customer, "USD", clock.instant()));
        return customer;
    }

    CustomerId customer(Scope scope, String name) {
        CustomerId customer = customer(scope);
        names.put(customer, name);
        return customer;
    }

    /** The customers of the scope whose name holds the text, as the customers' own search finds them. */
    private List<CustomerId> like(Scope scope, String text, int most) {
        return customers.getOrDefault(scope.tenant(), Set.of()).stream()
                .filter(scope::sees)
                .filter(one ->
                        names.getOrDefault(one, "").toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                .limit(most)
                .toList();
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
        return database.transact(scope, () -> (long)
                walletRows.oldestEntries(scope.tenant(), customer, 0L, 100).size());
    }

    private Customers customers() {
        return (Customers) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {Customers.class}, (proxy, method, arguments) -> {
                    Scope scope = (Scope) arguments[0];
                    if (method.getName().equals("existing")) {
                        Set<CustomerId> existing = new HashSet<>(customers.getOrDefault(scope.tenant(), Set.of()));
                        existing.retainAll((Collection<?>) arguments[1]);
                        return existing;
                    }
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

    private Access access() {
        return (scope, customer, user, except) -> new Access.Decision(
                notServed.contains(customer) ? List.of(new AccessReason("suspended", "suspended")) : List.of());
    }

    private final class Sandboxes implements TenantClocks {
        @Override
        public Clock of(TenantId tenant) {
            return clock;
        }

        @Override
        public boolean sandbox(TenantId tenant) {
            return sandboxes.contains(tenant);
        }

        @Override
        public Clock wall() {
            return clock;
        }
    }

    private Subscriptions subscriptions() {
        return (Subscriptions) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {Subscriptions.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "find" -> subscription;
                        case "nextRenewal" -> renewal;
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    /** Users who are there, by their ids. */
    final Map<UserId, UserSummary> people = new HashMap<>();

    private Users users() {
        return (Users) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {Users.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("named")) {
                        Map<UserId, UserSummary> there = new HashMap<>(people);
                        there.keySet().retainAll((Collection<?>) arguments[1]);
                        return there;
                    }
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

    TenantDirectory tenants() {
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

    /** The time of a world that may come later: a provider is there before it. */
    static Clock timeOf(Supplier<@Nullable World> world) {
        InstantSource source = () -> {
            World present = world.get();
            return present == null ? Instant.parse(BEGIN) : present.clock.instant();
        };
        return source.withZone(ZoneOffset.UTC);
    }

    @Override
    public void close() {
        queue.close();
        calls.close();
        test.close();
    }
}

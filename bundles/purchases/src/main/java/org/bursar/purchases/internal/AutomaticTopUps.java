package org.bursar.purchases.internal;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.bursar.credits.Balance;
import org.bursar.credits.Ledger;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.CreditPackage;
import org.bursar.purchases.Packages;
import org.bursar.purchases.TopUpStop;
import org.bursar.purchases.internal.sql.MethodRow;
import org.bursar.purchases.internal.sql.TopUpMapper;
import org.bursar.purchases.internal.sql.TopUpRow;
import org.bursar.webhooks.Announcement;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the balances of customers who asked for it: tells when one falls below its mark, and charges the method that the payer
 * allowed. The customer's row is locked while it is decided, and nothing is planned while a purchase of before is under way, so that
 * however many nodes look, one charge is planned; how it is made, with one key, and found out when its answer is lost is the
 * checkout's part.
 */
@Component(service = RecurringJob.class)
public final class AutomaticTopUps implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(AutomaticTopUps.class);
    private static final int PAGE = 200;
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final Duration WITHOUT_GATEWAY = Duration.ofMinutes(10);
    private static final Duration NOT_SERVED = Duration.ofMinutes(1);

    /** Renewals are a day's matter, and asking for them costs a question a customer. */
    private static final Duration RENEWALS = Duration.ofMinutes(1);

    private final Database database;
    private final Ledger ledger;
    private final Packages packages;
    private final NewPurchases purchases;
    private final TopUpCalls calls;
    private final ChargeGate gate;
    private final TopUpBook book;
    private final RenewalNeeds renewals;
    private final PurchaseNews news;
    private final TopUpMails mails;
    private final Clock clock;
    private final TopUpMapper mapper;
    private final Map<TenantId, Instant> renewalsSeen = new ConcurrentHashMap<>();

    @Activate
    public AutomaticTopUps(
            @Reference Database database,
            @Reference Ledger ledger,
            @Reference Packages packages,
            @Reference NewPurchases purchases,
            @Reference TopUpCalls calls,
            @Reference ChargeGate gate,
            @Reference TopUpBook book,
            @Reference RenewalNeeds renewals,
            @Reference PurchaseNews news,
            @Reference TopUpMails mails,
            @Reference Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.packages = packages;
        this.purchases = purchases;
        this.calls = calls;
        this.gate = gate;
        this.book = book;
        this.renewals = renewals;
        this.news = news;
        this.mails = mails;
        this.clock = clock;
        mapper = book.mapper();
    }

    @Override
    public String name() {
        return "automatic-top-up";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public void run() {
        try (ChargeCalls made = new ChargeCalls(name(), calls::make)) {
            Scope platform = Scope.platform(Actor.system(name()));
            UUID after = BEFORE_ALL;
            List<UUID> page;
            do {
                UUID from = after;
                page = database.transact(platform, () -> mapper.tenants(platform.tenant(), from, PAGE));
                page.forEach(tenant -> turn(Scope.of(new TenantId(tenant), platform.actor()), made));
                after = page.isEmpty() ? after : page.get(page.size() - 1);
            } while (page.size() == PAGE);
        }
    }

    private void turn(Scope scope, ChargeCalls made) {
        try {
            walk(scope, made);
        } catch (RuntimeException e) {
            // nothing was planned; another tenant must not wait for it
            LOG.warn("the top-ups of tenant {} could not be looked at", scope.tenant(), e);
        }
    }

    private void walk(Scope scope, ChargeCalls made) {
        boolean withRenewals = renewalsDue(scope.tenant());
        CustomerId after = null;
        List<TopUpRow> page;
        do {
            CustomerId from = after;
            page = database.transact(scope, () -> mapper.page(scope.tenant(), from, PAGE));
            for (CustomerId customer : worthALook(scope, page, withRenewals)) {
                serve(scope, customer, made);
            }
            after = page.isEmpty() ? null : page.get(page.size() - 1).customerId();
        } while (page.size() == PAGE);
    }

    private boolean renewalsDue(TenantId tenant) {
        Instant now = clock.instant();
        Instant seen = renewalsSeen.get(tenant);
        boolean due = seen == null || !now.isBefore(seen.plus(RENEWALS));
        if (due) {
            renewalsSeen.put(tenant, now);
        }
        return due;
    }

    /** One question for the page: most have enough and had before, or wait for their time. */
    private List<CustomerId> worthALook(Scope scope, List<TopUpRow> page, boolean withRenewals) {
        if (page.isEmpty()) {
            return List.of();
        }
        List<CustomerId> ids = page.stream().map(TopUpRow::customerId).toList();
        Map<CustomerId, Balance> balances = database.transact(scope, () -> ledger.balances(scope, ids));
        Instant now = clock.instant();
        return page.stream()
                .filter(row -> {
                    Balance balance = balances.get(row.customerId());
                    boolean known = withRenewals || !row.renewals();
                    boolean low = low(balance, row, withRenewals ? renewals.of(scope, row) : BigDecimal.ZERO);
                    return known && low != row.low() || (low || row.low()) && row.enabled() && !waits(row, now);
                })
                .map(TopUpRow::customerId)
                .toList();
    }

    private static boolean low(@Nullable Balance balance, TopUpRow row, BigDecimal renewal) {
        return balance != null && TopUpRules.low(balance.available(), row.below(), balance.overdraft(), renewal);
    }

    private static boolean waits(TopUpRow row, Instant now) {
        Instant next = row.nextTryAt();
        return !row.askPayer() && next != null && next.isAfter(now);
    }

    private void serve(Scope scope, CustomerId customer, ChargeCalls made) {
        try {
            database.run(scope, () -> watch(scope, customer));
            database.transact(scope, () -> decide(scope, customer))
                    .ifPresent(begun -> made.add(scope, begun.gateway(), begun.purchase()));
        } catch (ProblemException e) {
            // the gateway is not there, or is not set up, and nothing was planned
            LOG.info("customer {} could not be topped up: {}", customer, e.getMessage());
            Instant now = clock.instant();
            database.run(scope, () -> mapper.pause(scope.tenant(), customer, now.plus(WITHOUT_GATEWAY), now));
        } catch (RuntimeException e) {
            LOG.warn("customer {} could not be topped up", customer, e);
        }
    }

    /** Keeps whether the balance is low, and tells when it became so, whatever becomes of a charge. */
    private void watch(Scope scope, CustomerId customer) {
        Optional<TopUpRow> found = mapper.lock(scope.tenant(), customer);
        if (found.isEmpty()) {
            return;
        }
        TopUpRow row = found.get();
        Balance balance = balance(scope, customer);
        boolean low = low(balance, row, renewals.of(scope, row));
        if (low != row.low()) {
            mapper.low(scope.tenant(), customer, low, clock.instant());
        }
        if (low && !row.low()) {
            tell(scope, row, Objects.requireNonNull(balance));
        }
    }

    private @Nullable Balance balance(Scope scope, CustomerId customer) {
        return ledger.balances(scope, List.of(customer)).get(customer);
    }

    private record Begun(String gateway, PurchaseId purchase) {}

    /** Decides under the lock of the customer's row; answers the purchase whose call is to be made. */
    private Optional<Begun> decide(Scope scope, CustomerId customer) {
        Optional<TopUpRow> found = mapper.lock(scope.tenant(), customer).filter(row -> row.enabled() && row.low());
        Instant now = clock.instant();
        // before the balance is read: a purchase that ends in between has brought its credit by the time that it is
        if (found.isEmpty() || waits(found.get(), now) || mapper.underWay(scope.tenant(), customer)) {
            return Optional.empty();
        }
        TopUpRow row = found.get();
        if (!low(balance(scope, customer), row, renewals.of(scope, row))) {
            return Optional.empty();
        }
        Optional<MethodRow> method = Optional.ofNullable(row.methodId())
                .flatMap(id -> book.methods().find(scope.tenant(), id))
                .filter(MethodRow::active);
        if (method.isEmpty()) {
            book.stop(scope, row, TopUpStop.METHOD_REMOVED);
            return Optional.empty();
        }
        if (!gate.open(scope, customer, method.get())) {
            mapper.pause(scope.tenant(), customer, now.plus(NOT_SERVED), now);
            return Optional.empty();
        }
        Instant open = capped(scope, row, now);
        if (open != null && !row.askPayer()) {
            mapper.pause(scope.tenant(), customer, open, now);
            return Optional.empty();
        }
        return agreed(scope, row).map(bought -> begin(scope, row, bought, method.get(), now));
    }

    /** When a cap that is reached begins anew; null: none is. */
    private @Nullable Instant capped(Scope scope, TopUpRow row, Instant now) {
        TenantId tenant = scope.tenant();
        if (mapper.chargesSince(tenant, row.customerId(), TopUpRules.month(now)) >= row.mostAMonth()) {
            return TopUpRules.nextMonth(now);
        }
        return mapper.chargesSince(tenant, row.customerId(), TopUpRules.day(now)) >= row.mostADay()
                ? TopUpRules.nextDay(now)
                : null;
    }

    /** The package, while it is what was agreed to; else it is turned off. */
    private Optional<CreditPackage> agreed(Scope scope, TopUpRow row) {
        PackageId id = Objects.requireNonNull(row.packageId());
        CreditPackage bought = packages.get(scope, id);
        BigDecimal credits = Objects.requireNonNull(row.credits());
        if (!bought.active()) {
            book.stop(scope, row, TopUpStop.PACKAGE_INACTIVE);
        } else if (!bought.price().equals(row.price()) || bought.credits().compareTo(credits) < 0) {
            book.stop(scope, row, TopUpStop.PACKAGE_CHANGED);
        } else {
            return Optional.of(bought);
        }
        return Optional.empty();
    }

    /** Where the bank wants the payer, another purchase is opened, and the payer gets a link to it; else the method is charged. */
    private Begun begin(Scope scope, TopUpRow row, CreditPackage bought, MethodRow method, Instant now) {
        CustomerId customer = row.customerId();
        boolean byPayer = row.askPayer();
        PurchaseId purchase = byPayer
                ? purchases.open(scope, customer, bought, method.gatewayId(), true)
                : purchases.charge(scope, customer, bought, method);
        mapper.charge(scope.tenant(), purchase, customer, method.methodId(), byPayer, now);
        mapper.begun(scope.tenant(), customer, purchase, now);
        if (byPayer) {
            mails.confirm(scope, customer, purchase, bought.price().toString());
        }
        return new Begun(method.gatewayId(), purchase);
    }

    private void tell(Scope scope, TopUpRow row, Balance balance) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("unit", balance.unit());
        data.put("balance", balance.balance());
        data.put("available", balance.available());
        data.put("below", row.below());
        data.put("topUp", row.enabled());
        news.of(scope, new Announcement("balance.low", Optional.of(row.customerId()), data));
    }
}

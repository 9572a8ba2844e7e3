package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.bursar.credits.Adjustment;
import org.bursar.credits.Balance;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Grant;
import org.bursar.credits.Hold;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.LedgerVerification;
import org.bursar.credits.NewHold;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.credits.Wholesale;
import org.bursar.customers.Access;
import org.bursar.customers.AccessMemory;
import org.bursar.customers.AccessReason;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.Tenants;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The bundle over a real database, with fakes for its neighbours: a tenant of its own, and what tests do again and
 * again.
 */
final class Books implements Customers, AccessMemory, Access, Tenants, Audit {
    final TestClock clock = TestClock.at("2026-11-21T10:00:00Z");
    final Database database;
    final Scope scope = Scope.of(TenantId.next(clock), new Actor(Actor.Kind.API_KEY, "key_1", "voice app"));
    final LedgerBook ledger;
    final LedgerWallets wallets;
    final HoldSweep sweep;
    final HoldBook book;
    final WalletHolds holds;
    final LedgerWalk walk;
    final WalletPart part;
    final LotExpiry lotExpiry;
    final EveryUser users = new EveryUser();
    final StoredCaps caps;
    final WholesaleWallets wholesale;

    /** Why customers are refused at the moment. */
    final List<AccessReason> refusals = new ArrayList<>();

    /** What was written to the audit log. */
    final List<String> audited = new ArrayList<>();

    private final Set<CustomerId> deleted = new HashSet<>();
    private final TestDatabase postgres;

    Books(TestDatabase postgres) {
        this.postgres = postgres;
        database = postgres.database();
        ledger = new LedgerBook(database, clock, this);
        wallets = new LedgerWallets(database, clock, ledger, this, this);
        sweep = new HoldSweep(database, clock, this);
        book = new HoldBook(database, clock, ledger, this, this);
        caps = new StoredCaps(database, clock, this, this, users, this);
        wholesale = new WholesaleWallets(database, clock, this, ledger, wallets, this);
        holds = new WalletHolds(database, clock, book, this);
        walk = new LedgerWalk(database);
        lotExpiry = new LotExpiry(database, new OneTenant(scope.tenant()), clock, ledger);
        part = new WalletPart(database, clock, this, sweep);
    }

    /** Asks as the owner, who is let into the tenant; the tables are those of {@code from}. */
    String askOwner(String select, String from) {
        return postgres.queryAsOwner("with t as materialized (select set_config('app.tenant', '"
                + scope.tenant().uuid() + "', false) as tenant) select (select " + select + " from " + from
                + " and tenant_id = t.tenant::uuid) from t");
    }

    /** A new customer whose wallet is empty. */
    CustomerId customer() {
        CustomerId customer = CustomerId.next(clock);
        part.created(scope, customer, Optional.empty());
        return customer;
    }

    /** A new customer with so much credit. */
    CustomerId customerWith(String credit) {
        CustomerId customer = customer();
        post(posting(customer, credit, UUID.randomUUID(), false));
        return customer;
    }

    void overdraft(CustomerId customer, String overdraft) {
        asOwner("update credits.wallet set overdraft = " + overdraft + " where wallet_id = '" + customer.uuid() + "'");
    }

    void delete(CustomerId customer) {
        deleted.add(customer);
    }

    /** Statements as the owner of the tables, who is let into the tenant. */
    void asOwner(String statements) {
        postgres.executeAsOwner("set app.tenant = '" + scope.tenant().uuid() + "'; " + statements);
    }

    static Posting posting(CustomerId customer, String amount, UUID key, boolean guarded) {
        EntryKind kind = amount.startsWith("-") ? EntryKind.USAGE : EntryKind.PURCHASE;
        return new Posting(
                customer, new BigDecimal(amount), kind, Optional.of("ref_1"), Optional.empty(), key, guarded);
    }

    /** Adds on terms; answers the lot's number. */
    long grant(CustomerId customer, String amount, int priority, @Nullable Instant expiresAt, String reference) {
        return ((PostResult.Posted) post(grantOf(customer, amount, priority, expiresAt, reference)))
                .entry()
                .seq();
    }

    static Posting grantOf(
            CustomerId customer, String amount, int priority, @Nullable Instant expiresAt, String reference) {
        return new Posting(
                customer,
                new BigDecimal(amount),
                EntryKind.PURCHASE,
                Optional.of(reference),
                Optional.empty(),
                UUID.randomUUID(),
                false,
                Optional.of(new Grant(priority, Optional.ofNullable(expiresAt))));
    }

    /** Takes back, or gives back, what was bought under a reference. */
    LedgerEntry refund(CustomerId customer, String amount, String reference) {
        Posting posting = new Posting(
                customer,
                new BigDecimal(amount),
                EntryKind.REFUND,
                Optional.of(reference),
                Optional.empty(),
                UUID.randomUUID(),
                false);
        return ((PostResult.Posted) post(posting)).entry();
    }

    /** What is left in a wallet's lots: their numbers and amounts, in the order in which they are spent. */
    String lots(CustomerId customer) {
        return wallets.contents(scope, customer).lots().stream()
                .map(lot -> lot.seq() + ":" + Decimals.text(lot.remaining()))
                .collect(Collectors.joining(" "));
    }

    /** An instant so many seconds from now. */
    Instant in(int seconds) {
        return clock.instant().plusSeconds(seconds);
    }

    PostResult post(Posting posting) {
        return ledger.post(scope, List.of(posting)).get(0);
    }

    PostResult take(CustomerId customer, String amount) {
        return post(posting(customer, "-" + amount, UUID.randomUUID(), true));
    }

    Balance balance(CustomerId customer) {
        return wallets.get(scope, customer).balance();
    }

    /** Opens the tenant's wholesale wallet, or changes its terms, and pays in. */
    void wholesale(String rate, String overdraft, String paid) {
        wholesale.set(scope, new Wholesale.Terms("EUR", new BigDecimal(rate), new BigDecimal(overdraft)));
        if (new BigDecimal(paid).signum() > 0) {
            Adjustment adjustment = new Adjustment(Adjustment.Operation.ADD, new BigDecimal(paid), "paid");
            wholesale.adjust(scope, adjustment, UUID.randomUUID());
        }
    }

    /** What the tenant has with the platform. */
    Balance wholesaleBalance() {
        return wholesale.get(scope).balance();
    }

    Hold hold(CustomerId customer, UserId user, String amount, int ttlSeconds) {
        return holds.place(
                scope, new NewHold(customer, new BigDecimal(amount), ttlSeconds, Optional.empty(), Optional.of(user)));
    }

    Hold hold(CustomerId customer, String amount, int ttlSeconds) {
        return holds.place(scope, new NewHold(customer, new BigDecimal(amount), ttlSeconds, Optional.empty()));
    }

    LedgerVerification.Report verify() {
        return walk.verify(scope);
    }

    @Override
    public Set<CustomerId> existing(Scope scope, Collection<CustomerId> customers) {
        Set<CustomerId> there = new HashSet<>(customers);
        there.removeAll(deleted);
        return there;
    }

    @Override
    public void require(Scope scope, CustomerId customer) {
        if (deleted.contains(customer)) {
            throw Problems.notFound();
        }
    }

    @Override
    public Map<CustomerId, String> names(Scope scope, Collection<CustomerId> customers) {
        return Map.of();
    }

    @Override
    public Decision decide(Scope scope, CustomerId customer, Optional<UserId> user, Set<String> except) {
        require(scope, customer);
        if (!except.equals(Set.of("balance"))) {
            throw new AssertionError("a hold asks every rule but the balance's: " + except);
        }
        return new Decision(refusals);
    }

    @Override
    public Tenant own(Scope scope) {
        Instant since = Clock.fixed(clock.instant(), ZoneOffset.UTC).instant();
        return new Tenant(scope.tenant(), "harborlight", "Harborlight AI", "agency", "USD", ZoneOffset.UTC, since, 1);
    }

    @Override
    public void record(
            Scope scope, String action, String subject, Optional<CustomerId> customer, Object before, Object after) {
        audited.add(action + ' ' + subject + ' ' + before + " -> " + after);
    }

    /** Whose access may be another one now. */
    final List<CustomerId> accessChanged = new CopyOnWriteArrayList<>();

    @Override
    public void changed(TenantId tenant, CustomerId customer) {
        database.afterCommit(() -> accessChanged.add(customer));
    }

    @Override
    public void improved(TenantId tenant, CustomerId customer) {
        changed(tenant, customer);
    }
}

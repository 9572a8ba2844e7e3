package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.credits.Holds;
import org.bursar.credits.NewHold;
import org.bursar.credits.Posting;
import org.bursar.credits.internal.HoldRules.Change;
import org.bursar.credits.internal.sql.Codes;
import org.bursar.credits.internal.sql.HoldMapper;
import org.bursar.credits.internal.sql.HoldRow;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.credits.internal.sql.WalletRow;
import org.bursar.customers.Access;
import org.bursar.customers.AccessMemory;
import org.bursar.customers.CustomersProblems;
import org.bursar.database.Database;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Holds on wallets. Whatever changes a hold locks its wallet's row first and then the hold's. Postings and expiry
 * lock wallets too and know no holds before, so with the other order two of them could wait for each other.
 */
@Component(service = Holds.class)
public final class WalletHolds implements Holds {
    private static final String NEWEST = "newest";

    private final Database database;
    private final TenantClocks clocks;
    private final LedgerBook ledger;
    private final HoldSweep sweep;
    private final Access access;
    private final AccessMemory memory;
    private final WalletMapper wallets;
    private final HoldMapper holds;

    @Activate
    public WalletHolds(
            @Reference Database database,
            @Reference TenantClocks clocks,
            @Reference LedgerBook ledger,
            @Reference HoldSweep sweep,
            @Reference Access access,
            @Reference AccessMemory memory) {
        this.database = database;
        this.clocks = clocks;
        this.ledger = ledger;
        this.sweep = sweep;
        this.access = access;
        this.memory = memory;
        wallets = database.mapper("credits", WalletMapper.class);
        holds = database.mapper("credits", HoldMapper.class);
    }

    private Instant now(TenantId tenant) {
        return clocks.of(tenant).instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public Hold place(Scope scope, NewHold wanted) {
        Checks checks = new Checks();
        checks.positiveAmount("/amount", wanted.amount());
        checks.range("/ttlSeconds", wanted.ttlSeconds(), 1, NewHold.LONGEST_TTL_SECONDS);
        String usageEvent =
                checks.optionalText("/usageEvent", wanted.usageEvent().orElse(null), NewHold.LONGEST_USAGE_EVENT);
        checks.done();
        TenantId tenant = scope.tenant();
        return database.transact(scope, () -> {
            requireServed(scope, wanted.customer());
            reserve(tenant, wanted.customer(), wanted.amount());
            HoldId id = HoldId.next(clocks.wall());
            Instant now = now(tenant);
            Instant expiresAt = now.plusSeconds(wanted.ttlSeconds());
            holds.insert(tenant, wanted.customer(), id, wanted.amount(), usageEvent, expiresAt, now);
            return find(scope, id);
        });
    }

    /** Every rule but the balance's: that one speaks as insufficient credit. */
    private void requireServed(Scope scope, CustomerId customer) {
        Access.Decision decision = access.decide(scope, customer, Optional.empty(), Set.of(BalanceRule.NAME));
        if (decision.notReady()) {
            throw new ProblemException(
                    Problems.UNAVAILABLE, "It is not known at the moment whether the customer may be served.");
        }
        if (!decision.allowed()) {
            List<Map<String, String>> reasons = decision.reasons().stream()
                    .map(reason -> Map.of("code", reason.code(), "detail", reason.detail()))
                    .toList();
            throw new ProblemException(Problem.of(
                            CustomersProblems.ACCESS_REFUSED, "The customer is not served at the moment; see reasons.")
                    .with("reasons", reasons));
        }
    }

    private void reserve(TenantId tenant, CustomerId customer, BigDecimal amount) {
        if (wallets.reserve(tenant, customer, amount, now(tenant), false) == 1) {
            return;
        }
        // holds that have expired and were not swept yet do not stand in a new one's way; after them it is known what
        // is not held, and so what lots leave behind whose time has run out
        sweep.expire(tenant, customer);
        ledger.expire(tenant, new UUID[] {customer.uuid()});
        if (wallets.reserve(tenant, customer, amount, now(tenant), true) == 1) {
            return;
        }
        WalletRow wallet = wallets.find(tenant, customer).orElseThrow(Problems::notFound);
        throw LedgerWallets.insufficient(wallet.holding(), amount);
    }

    @Override
    public Hold get(Scope scope, HoldId id) {
        return database.transact(scope, () -> find(scope, id));
    }

    private Hold find(Scope scope, HoldId id) {
        return holds.find(scope.tenant(), id).map(HoldRow::hold).orElseThrow(Problems::notFound);
    }

    @Override
    public Page<Hold> list(
            Scope scope, Optional<CustomerId> customer, Optional<HoldStatus> status, Page.Request request) {
        String cursor = request.after();
        UUID before = cursor == null
                ? HoldMapper.AFTER_ALL
                : holdId(Cursor.decode(NEWEST, 1, cursor).get(0)).uuid();
        @Nullable Integer code = status.map(Codes::of).orElse(null);
        TenantId tenant = scope.tenant();
        int limit = request.limit() + 1;
        List<HoldRow> rows = database.transact(
                scope,
                () -> customer.isEmpty()
                        ? holds.page(tenant, code, before, limit)
                        : holds.pageOf(tenant, customer.get(), code, before, limit));
        return Page.of(rows, request, row -> Cursor.encode(NEWEST, row.id())).map(HoldRow::hold);
    }

    private static HoldId holdId(String text) {
        try {
            return HoldId.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    /** Locks the wallet, then the hold, and reads the hold as it is then: the id of its wallet never changes. */
    private Hold lock(Scope scope, HoldId id) {
        CustomerId customer = find(scope, id).customer();
        wallets.lock(scope.tenant(), new UUID[] {customer.uuid()});
        return holds.lock(scope.tenant(), id).map(HoldRow::hold).orElseThrow(Problems::notFound);
    }

    @Override
    public Hold extend(Scope scope, HoldId id, int ttlSeconds) {
        new Checks()
                .that(
                        ttlSeconds >= 1 && ttlSeconds <= NewHold.LONGEST_TTL_SECONDS,
                        "/ttlSeconds",
                        FieldProblems.OUT_OF_RANGE,
                        "1 to " + NewHold.LONGEST_TTL_SECONDS)
                .done();
        return database.transact(scope, () -> {
            requireServed(scope, find(scope, id).customer());
            Hold hold = lock(scope, id);
            Instant now = now(scope.tenant());
            if (hold.status() != HoldStatus.OPEN) {
                throw HoldRules.finished(hold);
            }
            if (HoldRules.overdue(hold, now)) {
                throw HoldRules.expired();
            }
            Instant until = now.plusSeconds(ttlSeconds);
            if (until.isAfter(hold.expiresAt())) {
                changed(holds.extend(scope.tenant(), id, until, hold.version()));
            }
            return find(scope, id);
        });
    }

    @Override
    public Hold settle(Scope scope, HoldId id, BigDecimal amount, boolean last) {
        Checks checks = new Checks();
        if (last) {
            checks.amount("/amount", amount);
        } else {
            checks.positiveAmount("/amount", amount);
        }
        checks.done();
        if (amount.signum() == 0) {
            return release(scope, id);
        }
        return database.transact(scope, () -> {
            Hold hold = lock(scope, id);
            Change change = HoldRules.settle(hold, amount, last, now(scope.tenant()));
            // charged while it is still held, so that no lot expires in between whose rest is kept for it
            charge(scope, hold, change.charged());
            apply(scope, hold, change);
            return find(scope, id);
        });
    }

    private void apply(Scope scope, Hold hold, Change change) {
        changed(holds.change(
                scope.tenant(),
                hold.id(),
                change.settled(),
                Codes.of(change.status()),
                change.afterExpiry(),
                hold.version()));
        if (change.back().signum() != 0) {
            changed(wallets.hold(scope.tenant(), hold.customer(), change.back().negate()));
            memory.improved(scope.tenant(), hold.customer());
        }
    }

    /** What was reserved pays, so nothing is asked; and what was done after the expiry was done. */
    private void charge(Scope scope, Hold hold, BigDecimal amount) {
        // the hold's row, locked and of the version that was read, makes that this happens once, so the key may be new
        Posting posting = new Posting(
                hold.customer(),
                amount.negate(),
                EntryKind.SETTLEMENT,
                Optional.of(hold.id().toString()),
                Optional.empty(),
                UUID.randomUUID(),
                false);
        Contra contra = hold.usageEvent() == null ? Contra.SETTLED_HOLDS : Contra.USAGE;
        LedgerBook.posted(ledger.post(scope, posting, contra));
    }

    private static void changed(int rows) {
        if (rows != 1) {
            throw new IllegalStateException("a locked row was not where it was read: " + rows + " changed");
        }
    }

    @Override
    public Hold release(Scope scope, HoldId id) {
        return database.transact(scope, () -> {
            Hold hold = lock(scope, id);
            if (hold.status() == HoldStatus.RELEASED) {
                return hold;
            }
            apply(scope, hold, HoldRules.release(hold));
            return find(scope, id);
        });
    }
}

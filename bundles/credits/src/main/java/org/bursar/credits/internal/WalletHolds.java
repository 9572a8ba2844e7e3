package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.credits.Holds;
import org.bursar.credits.NewHold;
import org.bursar.credits.internal.sql.Codes;
import org.bursar.credits.internal.sql.HoldMapper;
import org.bursar.credits.internal.sql.HoldRow;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.customers.Access;
import org.bursar.database.Database;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Holds on wallets. Whatever changes a hold locks its wallet's row first and then the hold's. Postings and expiry
 * lock wallets too and know no holds before, so with the other order two of them could wait for each other.
 */
@Component(service = {Holds.class, WalletHolds.class})
public final class WalletHolds implements Holds {
    private static final String NEWEST = "newest";

    private final Database database;
    private final TenantClocks clocks;
    private final HoldBook book;
    private final Access access;
    private final WalletMapper wallets;
    private final HoldMapper holds;

    @Activate
    public WalletHolds(
            @Reference Database database,
            @Reference TenantClocks clocks,
            @Reference HoldBook book,
            @Reference Access access) {
        this.database = database;
        this.clocks = clocks;
        this.book = book;
        this.access = access;
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
        checks.optionalText("/usageEvent", wanted.usageEvent().orElse(null), NewHold.LONGEST_USAGE_EVENT);
        checks.done();
        return one(scope, asked(scope, wanted));
    }

    /**
     * Asks whether the customer is served, which is answered from memory outside of a transaction. A refusal is kept for the
     * operation, since a retry of a hold that was placed is answered whatever is so now.
     */
    public HoldOperation.Place asked(Scope scope, NewHold wanted) {
        try {
            requireServed(scope, wanted.customer());
            wanted.user().ifPresent(user -> requireServed(scope, wanted.customer(), user));
            return new HoldOperation.Place(wanted, Optional.empty());
        } catch (ProblemException refusal) {
            return new HoldOperation.Place(wanted, Optional.of(refusal));
        }
    }

    /** What a user may is read each time, so it is asked only of holds that name one. */
    private void requireServed(Scope scope, CustomerId customer, UserId user) {
        try {
            access.decide(scope, customer, Optional.of(user), Set.of(BalanceRule.NAME))
                    .require();
        } catch (ProblemException refusal) {
            if (!refusal.problem().code().equals(Problems.NOT_FOUND)) {
                throw refusal;
            }
            throw new ProblemException(Problems.invalid(
                    "/user", FieldProblems.UNKNOWN_VALUE, "a user of the customer's or of its parent's"));
        }
    }

    private Hold one(Scope scope, HoldOperation operation) {
        return database.transact(
                scope, () -> book.run(scope, List.of(operation)).get(0).get());
    }

    /** Every rule but the balance's: that one speaks as insufficient credit. */
    private void requireServed(Scope scope, CustomerId customer) {
        access.decide(scope, customer, Optional.empty(), Set.of(BalanceRule.NAME))
                .require();
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
    private HoldRow lock(Scope scope, HoldId id) {
        CustomerId customer = find(scope, id).customer();
        wallets.lock(scope.tenant(), new UUID[] {customer.uuid()});
        return holds.lock(scope.tenant(), id).orElseThrow(Problems::notFound);
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
            Hold asked = find(scope, id);
            requireServed(scope, asked.customer());
            if (asked.user() != null) {
                requireServed(scope, asked.customer(), asked.user());
            }
            HoldRow row = lock(scope, id);
            Hold hold = row.hold();
            Instant now = now(scope.tenant());
            if (hold.status() != HoldStatus.OPEN) {
                throw HoldRules.finished(hold);
            }
            // a node whose clock is ahead may have taken back what it reserves at wholesale
            if (HoldRules.overdue(hold, now) || Settlements.takenBack(row)) {
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
        return one(scope, new HoldOperation.Settle(id, amount, last));
    }

    private static void changed(int rows) {
        if (rows != 1) {
            throw new IllegalStateException("a locked row was not where it was read: " + rows + " changed");
        }
    }

    @Override
    public Hold release(Scope scope, HoldId id) {
        return one(scope, new HoldOperation.Release(id));
    }
}

package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.credits.NewHold;
import org.bursar.credits.Wholesale;
import org.bursar.credits.internal.sql.HoldMapper;
import org.bursar.credits.internal.sql.HoldRow;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.credits.internal.sql.WalletRow;
import org.bursar.customers.AccessMemory;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.Outcome;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;
import org.bursar.tenancy.Tenants;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Holds in PostgreSQL, many at once: a call locks its wallets, the tenant's wholesale one among them, and then its holds, decides in memory and writes one statement for
 * each table, however many operations there are. Postings and expiry lock wallets too and know no holds before, so with the other
 * order two of them could wait for each other.
 */
@Component(service = HoldBook.class)
public final class HoldBook {
    private final Database database;
    private final TenantClocks clocks;
    private final LedgerBook ledger;
    private final AccessMemory memory;
    private final WalletMapper wallets;
    private final HoldMapper holds;
    private final CapBook caps;

    @Activate
    public HoldBook(
            @Reference Database database,
            @Reference TenantClocks clocks,
            @Reference LedgerBook ledger,
            @Reference AccessMemory memory,
            @Reference Tenants tenants) {
        this.database = database;
        this.clocks = clocks;
        this.ledger = ledger;
        this.memory = memory;
        wallets = database.mapper("credits", WalletMapper.class);
        holds = database.mapper("credits", HoldMapper.class);
        caps = new CapBook(database, tenants);
    }

    /**
     * Does the operations, in the caller's transaction or one of its own. What gives back comes before what reserves; otherwise they
     * are decided in their order.
     *
     * @return the hold as each left it, or why it was refused
     */
    public List<Outcome<Hold>> run(Scope scope, List<HoldOperation> operations) {
        return database.transact(withWholesale(scope), () -> {
            Instant now = clocks.of(scope.tenant()).instant().truncatedTo(ChronoUnit.MICROS);
            List<@Nullable Outcome<Hold>> outcomes = new ArrayList<>(Collections.nCopies(operations.size(), null));
            change(scope, operations, outcomes, now);
            place(scope, operations, outcomes, now);
            return outcomes.stream().map(Objects::requireNonNull).toList();
        });
    }

    /**
     * A customer's own caller reserves at the tenant's wholesale too, which its rows do not show otherwise: here alone, and nothing of
     * it is answered. The whole tenant sees it anyhow, and its transaction stays as it is.
     */
    private static Scope withWholesale(Scope scope) {
        if (scope.customers().isEmpty()) {
            return scope;
        }
        Set<CustomerId> seen = new HashSet<>(scope.customers().get());
        seen.add(Wholesale.walletOf(scope.tenant()));
        return new Scope(scope.tenant(), Optional.of(seen), scope.actor());
    }

    // settling and releasing

    private void change(
            Scope scope, List<HoldOperation> operations, List<@Nullable Outcome<Hold>> outcomes, Instant now) {
        TenantId tenant = scope.tenant();
        UUID[] ids = operations.stream()
                .filter(operation -> !(operation instanceof HoldOperation.Place))
                .map(operation -> Settlements.named(operation).uuid())
                .distinct()
                .toArray(UUID[]::new);
        if (ids.length == 0) {
            return;
        }
        // those of new holds too: two statements would not lock in one order
        List<WalletRow> locked = wallets.lockOfHolds(tenant, ids, touched(tenant, customersOf(operations)));
        List<HoldRow> rows = holds.lockAll(tenant, ids);
        OpenCaps open = caps.open(scope, spendersOf(rows), now);
        Settlements decided = new Settlements(tenant, rows, open, now);
        for (int i = 0; i < operations.size(); i++) {
            if (!(operations.get(i) instanceof HoldOperation.Place)) {
                outcomes.set(i, decided.decide(operations.get(i)));
            }
        }
        // charged while it is still held, so that no lot expires in between whose rest is kept for it
        ledger.charge(tenant, locked, decided.charges(), now);
        write(tenant, decided.changed());
        give(tenant, locked, decided.back());
        caps.write(scope, open);
    }

    private static List<Spender> spendersOf(List<HoldRow> rows) {
        List<Spender> spenders = new ArrayList<>();
        for (HoldRow row : rows) {
            if (row.user() != null) {
                spenders.add(new Spender(row.customer(), row.user()));
            }
        }
        return spenders;
    }

    private void write(TenantId tenant, List<Settlements.Written> changed) {
        if (changed.isEmpty()) {
            return;
        }
        @Nullable BigDecimal[] wholesale = new @Nullable BigDecimal[changed.size()];
        for (int i = 0; i < wholesale.length; i++) {
            wholesale[i] = changed.get(i).row().wholesaleHeld();
        }
        expect(
                changed.size(),
                holds.changeAll(
                        tenant,
                        changed.stream().map(each -> each.row().id().uuid()).toArray(UUID[]::new),
                        changed.stream().map(each -> each.row().settled()).toArray(BigDecimal[]::new),
                        changed.stream().map(each -> each.row().status()).toArray(Integer[]::new),
                        changed.stream().map(each -> each.row().afterExpiry()).toArray(Boolean[]::new),
                        wholesale,
                        changed.stream().map(each -> each.row().version()).toArray(Long[]::new),
                        changed.stream().map(Settlements.Written::before).toArray(Long[]::new)));
    }

    private void give(TenantId tenant, List<WalletRow> locked, Map<CustomerId, BigDecimal> back) {
        if (back.isEmpty()) {
            return;
        }
        expect(back.size(), wallets.holdAll(tenant, walletsOf(back.keySet()), amountsOf(back), false));
        for (WalletRow row : locked) {
            // at least what was charged is given back, so whoever was served still is
            if (back.containsKey(row.customer()) && !row.holding().covers(BigDecimal.ZERO)) {
                improved(tenant, row.customer());
            }
        }
    }

    private void improved(TenantId tenant, CustomerId customer) {
        if (!customer.equals(Wholesale.walletOf(tenant))) {
            memory.improved(tenant, customer);
        }
    }

    /** Whose wallets new holds are placed on. */
    private static Set<CustomerId> customersOf(List<HoldOperation> operations) {
        Set<CustomerId> customers = new HashSet<>();
        for (HoldOperation operation : operations) {
            if (operation instanceof HoldOperation.Place place
                    && place.refusal().isEmpty()) {
                customers.add(place.hold().customer());
            }
        }
        return customers;
    }

    /** What is to be locked for holds of these: their wallets, and the tenant's wholesale one where there is one. */
    private static UUID[] touched(TenantId tenant, Collection<CustomerId> customers) {
        Set<CustomerId> all = new HashSet<>(customers);
        all.add(Wholesale.walletOf(tenant));
        return walletsOf(all);
    }

    private static UUID[] walletsOf(Collection<CustomerId> customers) {
        return customers.stream().map(CustomerId::uuid).toArray(UUID[]::new);
    }

    private static BigDecimal[] amountsOf(Map<CustomerId, BigDecimal> amounts) {
        return amounts.values().toArray(BigDecimal[]::new);
    }

    private static void expect(int wanted, int rows) {
        if (rows != wanted) {
            throw new IllegalStateException("locked rows were not where they were read: " + rows + " of " + wanted);
        }
    }

    // placing

    private void place(
            Scope scope, List<HoldOperation> operations, List<@Nullable Outcome<Hold>> outcomes, Instant now) {
        Map<Integer, NewHold> wanted = new TreeMap<>();
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i) instanceof HoldOperation.Place place) {
                if (place.refusal().isPresent()) {
                    outcomes.set(i, Outcome.refused(place.refusal().get()));
                } else {
                    wanted.put(i, place.hold());
                }
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        Reservations decided = reserve(scope, wanted, false, now);
        Reservations last = decided.stuck().isEmpty() ? decided : afterExpiry(scope, wanted, decided, now);
        last.refusals().forEach((place, refusal) -> outcomes.set(place, Outcome.refused(refusal)));
        insert(scope, last, wanted, outcomes, now);
    }

    private Reservations reserve(Scope scope, Map<Integer, NewHold> wanted, boolean swept, Instant now) {
        UUID[] touched = touched(
                scope.tenant(), wanted.values().stream().map(NewHold::customer).toList());
        List<WalletRow> locked = wallets.lock(scope.tenant(), touched);
        OpenCaps open = caps.open(
                scope,
                wanted.values().stream()
                        .flatMap(hold -> Reservations.spender(hold).stream())
                        .toList(),
                now);
        Reservations decided = new Reservations(scope, locked, open, swept, now);
        wanted.forEach((place, hold) -> decided.ask(place, hold));
        return decided;
    }

    /**
     * Holds that have expired and were not swept yet do not stand in a new one's way; after them it is known what is not held, and
     * so what lots leave behind whose time has run out.
     */
    private Reservations afterExpiry(Scope scope, Map<Integer, NewHold> wanted, Reservations before, Instant now) {
        TenantId tenant = scope.tenant();
        UUID[] stuck = walletsOf(before.stuck());
        if (holds.expireAll(tenant, stuck, now) > 0) {
            before.stuck().forEach(customer -> improved(tenant, customer));
        }
        if (before.stuck().contains(Wholesale.walletOf(tenant))) {
            holds.takeBackWholesale(tenant, now, HoldSweep.BATCH);
        }
        ledger.expire(tenant, stuck);
        return reserve(scope, wanted, true, now);
    }

    private void insert(
            Scope scope,
            Reservations decided,
            Map<Integer, NewHold> wanted,
            List<@Nullable Outcome<Hold>> outcomes,
            Instant now) {
        TenantId tenant = scope.tenant();
        Map<CustomerId, BigDecimal> reserved = decided.reserved();
        if (reserved.isEmpty()) {
            return;
        }
        expect(reserved.size(), wallets.holdAll(tenant, walletsOf(reserved.keySet()), amountsOf(reserved), true));
        List<HoldRow> placed = new ArrayList<>();
        List<Integer> ttlSeconds = new ArrayList<>();
        wanted.forEach((place, hold) -> {
            if (decided.refusals().containsKey(place)) {
                return;
            }
            Hold made = new Hold(
                    HoldId.next(clocks.wall()),
                    hold.customer(),
                    hold.amount(),
                    BigDecimal.ZERO,
                    HoldStatus.OPEN,
                    false,
                    hold.usageEvent().orElse(null),
                    hold.user().orElse(null),
                    now.plusSeconds(hold.ttlSeconds()),
                    now,
                    1);
            WholesaleShare share = decided.share(place);
            placed.add(HoldRow.of(made, share.rate(), share.stored()));
            ttlSeconds.add(hold.ttlSeconds());
            outcomes.set(place, Outcome.done(made));
        });
        insert(tenant, placed, ttlSeconds.toArray(Integer[]::new), now);
        caps.write(scope, decided.caps());
    }

    private void insert(TenantId tenant, List<HoldRow> placed, Integer[] ttlSeconds, Instant now) {
        @Nullable String[] events = new @Nullable String[placed.size()];
        @Nullable UUID[] users = new @Nullable UUID[placed.size()];
        @Nullable BigDecimal[] rates = new @Nullable BigDecimal[placed.size()];
        @Nullable BigDecimal[] wholesale = new @Nullable BigDecimal[placed.size()];
        for (int i = 0; i < events.length; i++) {
            HoldRow row = placed.get(i);
            events[i] = row.usageEvent();
            users[i] = row.user() == null ? null : row.user().uuid();
            rates[i] = row.wholesaleRate();
            wholesale[i] = row.wholesaleHeld();
        }
        expect(
                placed.size(),
                holds.insertAll(
                        tenant,
                        placed.stream().map(row -> row.customer().uuid()).toArray(UUID[]::new),
                        placed.stream().map(row -> row.id().uuid()).toArray(UUID[]::new),
                        placed.stream().map(HoldRow::amount).toArray(BigDecimal[]::new),
                        events,
                        users,
                        rates,
                        wholesale,
                        ttlSeconds,
                        now));
    }
}

package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.credits.NewHold;
import org.bursar.credits.Posting;
import org.bursar.credits.internal.HoldRules.Change;
import org.bursar.credits.internal.LedgerBook.Charge;
import org.bursar.credits.internal.sql.Codes;
import org.bursar.credits.internal.sql.HoldMapper;
import org.bursar.credits.internal.sql.HoldRow;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.credits.internal.sql.WalletRow;
import org.bursar.customers.AccessMemory;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.Outcome;
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
 * Holds in PostgreSQL, many at once: a call locks its wallets and then its holds, decides in memory and writes one statement for
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

    @Activate
    public HoldBook(
            @Reference Database database,
            @Reference TenantClocks clocks,
            @Reference LedgerBook ledger,
            @Reference AccessMemory memory) {
        this.database = database;
        this.clocks = clocks;
        this.ledger = ledger;
        this.memory = memory;
        wallets = database.mapper("credits", WalletMapper.class);
        holds = database.mapper("credits", HoldMapper.class);
    }

    /**
     * Does the operations, in the caller's transaction or one of its own. What gives back comes before what reserves; otherwise they
     * are decided in their order.
     *
     * @return the hold as each left it, or why it was refused
     */
    public List<Outcome<Hold>> run(Scope scope, List<HoldOperation> operations) {
        return database.transact(scope, () -> {
            Instant now = clocks.of(scope.tenant()).instant().truncatedTo(ChronoUnit.MICROS);
            List<@Nullable Outcome<Hold>> outcomes = new ArrayList<>(Collections.nCopies(operations.size(), null));
            change(scope.tenant(), operations, outcomes, now);
            place(scope.tenant(), operations, outcomes, now);
            return outcomes.stream().map(Objects::requireNonNull).toList();
        });
    }

    // settling and releasing

    private static HoldId named(HoldOperation operation) {
        return operation instanceof HoldOperation.Settle settle
                ? settle.id()
                : ((HoldOperation.Release) operation).id();
    }

    private void change(
            TenantId tenant, List<HoldOperation> operations, List<@Nullable Outcome<Hold>> outcomes, Instant now) {
        UUID[] ids = operations.stream()
                .filter(operation -> !(operation instanceof HoldOperation.Place))
                .map(operation -> named(operation).uuid())
                .distinct()
                .toArray(UUID[]::new);
        if (ids.length == 0) {
            return;
        }
        // those of new holds too: two statements would not lock in one order
        List<WalletRow> locked = wallets.lockOfHolds(tenant, ids, walletsOf(customersOf(operations)));
        Map<HoldId, Hold> before = holds.lockAll(tenant, ids).stream()
                .map(HoldRow::hold)
                .collect(Collectors.toMap(Hold::id, hold -> hold, (a, b) -> a, LinkedHashMap::new));
        Map<HoldId, Hold> after = new HashMap<>(before);
        List<Charge> charges = new ArrayList<>();
        Map<CustomerId, BigDecimal> back = new LinkedHashMap<>();
        for (int i = 0; i < operations.size(); i++) {
            HoldOperation operation = operations.get(i);
            if (!(operation instanceof HoldOperation.Place)) {
                outcomes.set(i, changed(operation, after, charges, back, now));
            }
        }
        // charged while it is still held, so that no lot expires in between whose rest is kept for it
        ledger.charge(tenant, locked, charges, now);
        write(tenant, before, after);
        give(tenant, locked, back);
    }

    private static Outcome<Hold> changed(
            HoldOperation operation,
            Map<HoldId, Hold> after,
            List<Charge> charges,
            Map<CustomerId, BigDecimal> back,
            Instant now) {
        Hold hold = after.get(named(operation));
        if (hold == null) {
            return Outcome.refused(Problems.notFound());
        }
        boolean release = !(operation instanceof HoldOperation.Settle settle
                && settle.amount().signum() != 0);
        if (release && hold.status() == HoldStatus.RELEASED) {
            return Outcome.done(hold);
        }
        try {
            Change change = operation instanceof HoldOperation.Settle settle && !release
                    ? HoldRules.settle(hold, settle.amount(), settle.last(), now)
                    : HoldRules.release(hold);
            if (change.charged().signum() != 0) {
                charges.add(chargeOf(hold, change.charged()));
            }
            if (change.back().signum() != 0) {
                back.merge(hold.customer(), change.back().negate(), BigDecimal::add);
            }
            Hold changed = HoldRules.changed(hold, change);
            after.put(hold.id(), changed);
            return Outcome.done(changed);
        } catch (ProblemException refusal) {
            return Outcome.refused(refusal);
        }
    }

    /** What was reserved pays, so nothing is asked; and what was done after the expiry was done. */
    private static Charge chargeOf(Hold hold, BigDecimal amount) {
        // the hold's row, locked and of the version that was read, makes that this happens once, so the key may be new
        Posting posting = new Posting(
                hold.customer(),
                amount.negate(),
                EntryKind.SETTLEMENT,
                Optional.of(hold.id().toString()),
                Optional.empty(),
                UUID.randomUUID(),
                false);
        return new Charge(posting, hold.usageEvent() == null ? Contra.SETTLED_HOLDS : Contra.USAGE);
    }

    private void write(TenantId tenant, Map<HoldId, Hold> before, Map<HoldId, Hold> after) {
        List<Hold> changed = before.values().stream()
                .map(hold -> Objects.requireNonNull(after.get(hold.id())))
                .filter(hold -> hold.version()
                        != Objects.requireNonNull(before.get(hold.id())).version())
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        expect(
                changed.size(),
                holds.changeAll(
                        tenant,
                        changed.stream().map(hold -> hold.id().uuid()).toArray(UUID[]::new),
                        changed.stream().map(Hold::settled).toArray(BigDecimal[]::new),
                        changed.stream().map(hold -> Codes.of(hold.status())).toArray(Integer[]::new),
                        changed.stream().map(Hold::afterExpiry).toArray(Boolean[]::new),
                        changed.stream().map(Hold::version).toArray(Long[]::new),
                        changed.stream()
                                .map(hold -> Objects.requireNonNull(before.get(hold.id()))
                                        .version())
                                .toArray(Long[]::new)));
    }

    private void give(TenantId tenant, List<WalletRow> locked, Map<CustomerId, BigDecimal> back) {
        if (back.isEmpty()) {
            return;
        }
        expect(back.size(), wallets.holdAll(tenant, walletsOf(back.keySet()), amountsOf(back), false));
        for (WalletRow row : locked) {
            // at least what was charged is given back, so whoever was served still is
            if (back.containsKey(row.customer()) && !row.holding().covers(BigDecimal.ZERO)) {
                memory.improved(tenant, row.customer());
            }
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
            TenantId tenant, List<HoldOperation> operations, List<@Nullable Outcome<Hold>> outcomes, Instant now) {
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
        UUID[] touched =
                walletsOf(wanted.values().stream().map(NewHold::customer).collect(Collectors.toSet()));
        Reservations decided = new Reservations(wallets.lock(tenant, touched), false, now);
        wanted.forEach((place, hold) -> decided.ask(place, hold));
        Reservations last = decided.stuck().isEmpty() ? decided : afterExpiry(tenant, wanted, touched, decided, now);
        last.refusals().forEach((place, refusal) -> outcomes.set(place, Outcome.refused(refusal)));
        insert(tenant, last, wanted, outcomes, now);
    }

    /**
     * Holds that have expired and were not swept yet do not stand in a new one's way; after them it is known what is not held, and
     * so what lots leave behind whose time has run out.
     */
    private Reservations afterExpiry(
            TenantId tenant, Map<Integer, NewHold> wanted, UUID[] touched, Reservations before, Instant now) {
        UUID[] stuck = walletsOf(before.stuck());
        if (holds.expireAll(tenant, stuck, now) > 0) {
            before.stuck().forEach(customer -> memory.improved(tenant, customer));
        }
        ledger.expire(tenant, stuck);
        Reservations decided = new Reservations(wallets.lock(tenant, touched), true, now);
        wanted.forEach((place, hold) -> decided.ask(place, hold));
        return decided;
    }

    private void insert(
            TenantId tenant,
            Reservations decided,
            Map<Integer, NewHold> wanted,
            List<@Nullable Outcome<Hold>> outcomes,
            Instant now) {
        Map<CustomerId, BigDecimal> reserved = decided.reserved();
        if (reserved.isEmpty()) {
            return;
        }
        expect(reserved.size(), wallets.holdAll(tenant, walletsOf(reserved.keySet()), amountsOf(reserved), true));
        List<Hold> placed = new ArrayList<>();
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
                    now.plusSeconds(hold.ttlSeconds()),
                    now,
                    1);
            placed.add(made);
            outcomes.set(place, Outcome.done(made));
        });
        @Nullable String[] events = new @Nullable String[placed.size()];
        for (int i = 0; i < events.length; i++) {
            events[i] = placed.get(i).usageEvent();
        }
        expect(
                placed.size(),
                holds.insertAll(
                        tenant,
                        placed.stream().map(hold -> hold.customer().uuid()).toArray(UUID[]::new),
                        placed.stream().map(hold -> hold.id().uuid()).toArray(UUID[]::new),
                        placed.stream().map(Hold::amount).toArray(BigDecimal[]::new),
                        events,
                        wanted.entrySet().stream()
                                .filter(each -> !decided.refusals().containsKey(each.getKey()))
                                .map(each -> each.getValue().ttlSeconds())
                                .toArray(Integer[]::new),
                        now));
    }
}

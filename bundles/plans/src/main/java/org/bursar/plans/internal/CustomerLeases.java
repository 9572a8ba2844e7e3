package org.bursar.plans.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.bursar.customers.Access;
import org.bursar.database.Database;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.LeaseId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;
import org.bursar.plans.Lease;
import org.bursar.plans.LeaseStatus;
import org.bursar.plans.Leases;
import org.bursar.plans.Limit;
import org.bursar.plans.NewLease;
import org.bursar.plans.PlansProblems;
import org.bursar.plans.internal.sql.LeaseMapper;
import org.bursar.plans.internal.sql.LeaseRow;
import org.bursar.plans.internal.sql.RoomRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Leases in {@code plans.lease}. Whoever takes a place or keeps one locks the customer's gate first and reads the clock after
 * that: so of two who come for the last place the second sees what the first took, and nobody renews what another has just found
 * to have run out. Giving a place back needs no lock.
 */
@Component
public final class CustomerLeases implements Leases {
    private static final String NEWEST = "newest";

    /** It speaks about credit, which a lease takes none of; the hold beside it is asked. */
    private static final Set<String> NOT_ASKED = Set.of("balance");

    /** A place may be given back at any moment, so a caller is not sent away for the whole of somebody's time. */
    private static final long LONGEST_WAIT_SECONDS = 10;

    private final Database database;
    private final Access access;
    private final TenantClocks clocks;
    private final LeaseMapper sql;

    @Activate
    public CustomerLeases(@Reference Database database, @Reference Access access, @Reference TenantClocks clocks) {
        this.database = database;
        this.access = access;
        this.clocks = clocks;
        this.sql = database.mapper("plans", LeaseMapper.class);
    }

    private Instant now(TenantId tenant) {
        return clocks.of(tenant).instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public Lease acquire(Scope scope, NewLease wanted) {
        if (wanted.limit() != Limit.CONCURRENCY) {
            throw new ProblemException(
                    Problems.invalid("/limit", FieldProblems.UNKNOWN_VALUE, "leases are for concurrency"));
        }
        requireTtl(wanted.ttlSeconds());
        TenantId tenant = scope.tenant();
        CustomerId customer = wanted.customer();
        return database.transact(scope, () -> {
            requireServed(scope, customer);
            LeaseId id = LeaseId.next(clocks.wall());
            RoomRow room = sql.room(tenant, customer, wanted.limit(), now(tenant));
            OptionalInt size = Allowance.size(PlanVersions.optional(room.planLimit()), room.raised());
            if (size.isEmpty()) {
                Instant now = now(tenant);
                Instant expiresAt = now.plusSeconds(wanted.ttlSeconds());
                sql.insert(tenant, id, customer, wanted.limit(), now, expiresAt);
                return taken(id, wanted, now, expiresAt);
            }
            if (room.open() >= size.getAsInt()) {
                throw full(wanted.limit(), size.getAsInt(), room, now(tenant));
            }
            lockGate(tenant, customer, wanted.limit());
            Instant now = now(tenant);
            Instant expiresAt = now.plusSeconds(wanted.ttlSeconds());
            if (sql.insertWhereRoom(tenant, id, customer, wanted.limit(), now, expiresAt, size.getAsInt()) == 0) {
                // the last place went while this waited for the gate
                throw full(wanted.limit(), size.getAsInt(), sql.room(tenant, customer, wanted.limit(), now), now);
            }
            return taken(id, wanted, now, expiresAt);
        });
    }

    /** What has just been written, without reading it again. */
    private static Lease taken(LeaseId id, NewLease wanted, Instant now, Instant expiresAt) {
        return new Lease(id, wanted.customer(), wanted.limit(), LeaseStatus.OPEN, expiresAt, now, 1);
    }

    /** In a statement of its own: what comes after it sees what those who had the lock before have committed. */
    private void lockGate(TenantId tenant, CustomerId customer, Limit limit) {
        if (sql.lockGate(tenant, customer, limit).isEmpty()) {
            sql.addGate(tenant, customer, limit);
            sql.lockGate(tenant, customer, limit);
        }
    }

    private void requireServed(Scope scope, CustomerId customer) {
        access.decide(scope, customer, Optional.empty(), NOT_ASKED).require();
    }

    private static ProblemException full(Limit limit, int size, RoomRow room, Instant now) {
        String name = limit.name().toLowerCase(Locale.ROOT);
        return new ProblemException(
                Problem.of(PlansProblems.LIMIT_REACHED, "The customer's limit of " + name + " is " + size + ".")
                        .with("limit", name)
                        .with("size", size)
                        .with("open", room.open())
                        .with("retryAfter", waitSeconds(room.firstEnd(), now)));
    }

    /** Until the first of the open ones ends by itself, in whole seconds from 1 up to a bound. */
    static long waitSeconds(@Nullable Instant firstEnd, Instant now) {
        if (firstEnd == null) {
            return LONGEST_WAIT_SECONDS;
        }
        long seconds = (Duration.between(now, firstEnd).toMillis() + 999) / 1_000;
        return Math.max(1, Math.min(LONGEST_WAIT_SECONDS, seconds));
    }

    private static void requireTtl(int ttlSeconds) {
        Checks checks = new Checks();
        checks.range("/ttlSeconds", ttlSeconds, 1, LONGEST_TTL_SECONDS);
        checks.done();
    }

    @Override
    public Lease get(Scope scope, LeaseId id) {
        return database.transact(scope, () -> find(scope, id));
    }

    private Lease find(Scope scope, LeaseId id) {
        return sql.find(scope.tenant(), id).orElseThrow(Problems::notFound).at(now(scope.tenant()));
    }

    @Override
    public Page<Lease> open(Scope scope, Optional<CustomerId> customer, Page.Request request) {
        Place before = Place.of(request.after());
        TenantId tenant = scope.tenant();
        int limit = request.limit() + 1;
        Instant now = now(tenant);
        List<LeaseRow> rows = database.transact(
                scope,
                () -> customer.isPresent()
                        ? sql.openOf(tenant, customer.get(), now, before.lease(), limit)
                        : sql.open(tenant, now, before.customer(), before.lease(), limit));
        return Page.of(rows, request, row -> Cursor.encode(NEWEST, row.customerId(), row.leaseId()))
                .map(row -> row.at(now));
    }

    /** Where a page begins: after a customer's lease. */
    private record Place(UUID customer, UUID lease) {
        static Place of(@Nullable String cursor) {
            if (cursor == null) {
                return new Place(LeaseMapper.AFTER_ALL, LeaseMapper.AFTER_ALL);
            }
            List<String> parts = Cursor.decode(NEWEST, 2, cursor);
            try {
                return new Place(
                        CustomerId.fromString(parts.get(0)).uuid(),
                        LeaseId.fromString(parts.get(1)).uuid());
            } catch (IllegalArgumentException e) {
                throw Cursor.bad();
            }
        }
    }

    @Override
    public Lease renew(Scope scope, LeaseId id, int ttlSeconds) {
        requireTtl(ttlSeconds);
        return database.transact(scope, () -> {
            Lease lease = find(scope, id);
            requireServed(scope, lease.customer());
            lockGate(scope.tenant(), lease.customer(), lease.limit());
            Instant now = now(scope.tenant());
            if (sql.renew(scope.tenant(), id, now.plusSeconds(ttlSeconds), now) == 0) {
                throw new ProblemException(
                        PlansProblems.LEASE_ENDED, "The lease was released or its time has run out.");
            }
            return find(scope, id);
        });
    }

    @Override
    public Lease release(Scope scope, LeaseId id) {
        return database.transact(scope, () -> {
            sql.release(scope.tenant(), id, now(scope.tenant()));
            return find(scope, id);
        });
    }
}

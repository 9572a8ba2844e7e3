package org.bursar.plans.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bursar.customers.Access;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.plans.Limit;
import org.bursar.plans.PlansProblems;
import org.bursar.plans.RateLimit;
import org.bursar.plans.RateLimits;
import org.bursar.plans.internal.sql.BucketMapper;
import org.bursar.plans.internal.sql.BucketRow;
import org.bursar.plans.internal.sql.RateUseRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Limits by the minute in {@code plans.rate_bucket}. One look without a lock comes first: where it finds no room there was none at
 * that time, since others only add, and the refusal locks and writes nothing. Whoever finds room takes it in one statement that
 * decides by the row as it is once it is locked.
 */
@Component
public final class CustomerRateLimits implements RateLimits {
    /** It speaks about credit, which a request takes none of; the hold beside it is asked. */
    private static final Set<String> NOT_ASKED = Set.of("balance");

    private final Database database;
    private final Access access;
    private final Customers customers;
    private final Clock clock;
    private final BucketMapper sql;

    @Activate
    public CustomerRateLimits(
            @Reference Database database,
            @Reference Access access,
            @Reference Customers customers,
            @Reference Clock clock) {
        this.database = database;
        this.access = access;
        this.customers = customers;
        this.clock = clock;
        this.sql = database.mapper("plans", BucketMapper.class);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public RateLimit take(Scope scope, CustomerId customer, Limit limit) {
        if (limit != Limit.REQUESTS_PER_MINUTE) {
            throw new ProblemException(Problems.invalid(
                    "/limit", FieldProblems.UNKNOWN_VALUE, "what is taken by the minute is requests_per_minute"));
        }
        return database.transact(scope, () -> {
            access.decide(scope, customer, Optional.empty(), NOT_ASKED).require();
            Instant now = now();
            RateUseRow use = sql.use(scope.tenant(), customer, limit);
            OptionalInt size = size(use);
            if (size.isEmpty()) {
                return unlimited(customer, limit);
            }
            int most = size.getAsInt();
            RateBucket seen = bucket(use, now).at(now, most);
            if (!seen.hasRoom(most)) {
                throw full(limit, most, seen, now);
            }
            return left(customer, limit, most, taken(scope.tenant(), customer, limit, most, now));
        });
    }

    private RateBucket taken(TenantId tenant, CustomerId customer, Limit limit, int size, Instant now) {
        Optional<BucketRow> row = sql.take(tenant, customer, limit, size, now);
        if (row.isEmpty()) {
            if (sql.takeFirst(tenant, customer, limit, now) > 0) {
                return new RateBucket(RateBucket.REQUEST, now);
            }
            // it was there and full, or another came first: then this one sees what that one took
            row = sql.take(tenant, customer, limit, size, now);
        }
        return row.map(found -> new RateBucket(found.level(), found.measuredAt()))
                .orElseThrow(() -> full(
                        limit,
                        size,
                        bucket(sql.use(tenant, customer, limit), now).at(now, size),
                        now));
    }

    @Override
    public List<RateLimit> of(Scope scope, CustomerId customer) {
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            Limit limit = Limit.REQUESTS_PER_MINUTE;
            RateUseRow use = sql.use(scope.tenant(), customer, limit);
            Instant now = now();
            OptionalInt size = size(use);
            return List.of(
                    size.isEmpty()
                            ? unlimited(customer, limit)
                            : left(
                                    customer,
                                    limit,
                                    size.getAsInt(),
                                    bucket(use, now).at(now, size.getAsInt())));
        });
    }

    private static OptionalInt size(RateUseRow use) {
        return Allowance.size(PlanVersions.optional(use.planLimit()), use.raised());
    }

    private static RateBucket bucket(RateUseRow use, Instant now) {
        Long level = use.level();
        Instant measuredAt = use.measuredAt();
        return level == null || measuredAt == null ? RateBucket.empty(now) : new RateBucket(level, measuredAt);
    }

    private static RateLimit unlimited(CustomerId customer, Limit limit) {
        return new RateLimit(customer, limit, OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }

    private static RateLimit left(CustomerId customer, Limit limit, int size, RateBucket bucket) {
        return new RateLimit(
                customer,
                limit,
                OptionalInt.of(size),
                OptionalInt.of(bucket.room(size)),
                bucket.level() == 0
                        ? Optional.empty()
                        : Optional.of(bucket.measuredAt().plus(bucket.untilEmpty(size))));
    }

    private static ProblemException full(Limit limit, int size, RateBucket bucket, Instant now) {
        String name = limit.name().toLowerCase(Locale.ROOT);
        Duration wait = Duration.between(now, bucket.measuredAt().plus(bucket.untilRoom(size)));
        return new ProblemException(Problem.of(
                        PlansProblems.LIMIT_REACHED, "The customer's limit of " + name + " is " + size + ".")
                .with("limit", name)
                .with("size", size)
                .with("retryAfter", Math.max(1, wait.plusNanos(999_999_999).toSeconds())));
    }
}

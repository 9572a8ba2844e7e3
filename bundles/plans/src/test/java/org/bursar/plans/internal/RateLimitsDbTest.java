package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ibatis.annotations.Select;
import org.bursar.customers.AccessReason;
import org.bursar.database.internal.PooledDatabase;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.TenantId;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Limit;
import org.bursar.plans.RateLimit;
import org.bursar.plans.RateLimits;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RateLimitsDbTest {
    /** What the shop's plans allow in a minute. */
    private static final int LIMIT = 60;

    private static final int THREADS = 64;

    private static TestDatabase postgres;
    private static PooledDatabase first;
    private static PooledDatabase second;

    private Shop shop;
    private CustomerId customer;
    private CustomerRateLimits limits;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
        first = new PooledDatabase(postgres.address(), 8, 60_000);
        second = new PooledDatabase(postgres.address(), 8, 60_000);
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        postgres.close();
    }

    @BeforeEach
    void plan() {
        shop = new Shop(postgres);
        shop.plan("scale", "799.00", BillingCycle.MONTH);
        customer = shop.subscriber("0", "scale");
        limits = shop.rateLimits(shop.database, shop.clock);
    }

    private RateLimit take(RateLimits at) {
        return at.take(shop.scope, customer, Limit.REQUESTS_PER_MINUTE);
    }

    private RateLimit left() {
        return limits.of(shop.scope, customer).get(0);
    }

    /** Takes until it is refused; answers how often it could. */
    private int drain(RateLimits at) {
        for (int taken = 0; ; taken++) {
            try {
                take(at);
            } catch (ProblemException full) {
                return taken;
            }
        }
    }

    private Problem refusal() {
        try {
            take(limits);
        } catch (ProblemException e) {
            return e.problem();
        }
        throw new AssertionError("it was not refused");
    }

    @Test
    void asManyAsThePlanAllowsAreLetThroughAndMoreAsTimePasses() {
        assertThat(left()).isEqualTo(whole(LIMIT));
        RateLimit after = take(limits);
        assertThat(after.remaining()).hasValue(LIMIT - 1);
        assertThat(after.replenishedAt()).contains(shop.clock.instant().plusSeconds(1));
        assertThat(left()).isEqualTo(after);
        assertThat(drain(limits)).isEqualTo(LIMIT - 1);
        Problem full = refusal();
        assertThat(full.code().code()).isEqualTo("limit_reached");
        assertThat(full.extensions())
                .isEqualTo(Map.of("limit", "requests_per_minute", "size", LIMIT, "retryAfter", 1L));
        shop.clock.advance(Duration.ofMillis(999));
        assertThat(refusal().code().code()).isEqualTo("limit_reached");
        shop.clock.advance(Duration.ofMillis(1));
        assertThat(drain(limits)).isEqualTo(1);
        shop.clock.advance(Duration.ofSeconds(20));
        assertThat(drain(limits)).isEqualTo(20);
        shop.clock.advance(Duration.ofDays(400));
        assertThat(left()).isEqualTo(whole(LIMIT));
        assertThat(drain(limits)).isEqualTo(LIMIT);
    }

    private RateLimit whole(int size) {
        return new RateLimit(
                customer, Limit.REQUESTS_PER_MINUTE, OptionalInt.of(size), OptionalInt.of(size), Optional.empty());
    }

    @Test
    void addOnsRaiseTheLimitAtOnceAndTheWaitIsInWholeSecondsRoundedUp() {
        shop.addOn("requests", "5.00", Limit.REQUESTS_PER_MINUTE, 20);
        assertThat(drain(limits)).isEqualTo(LIMIT);
        shop.setAddOn(customer, "requests", "2");
        assertThat(shop.subscription(customer).limits().requestsPerMinute()).hasValue(100);
        assertThat(drain(limits)).isEqualTo(40);
        // a third of a second passes of the 0.6 that one takes
        shop.clock.advance(Duration.ofMillis(300));
        assertThat(refusal().extensions()).containsEntry("size", 100).containsEntry("retryAfter", 1L);
        shop.setAddOn(customer, "requests", "0");
        assertThat(left().remaining()).hasValue(0);
        shop.clock.advance(Duration.ofSeconds(1));
        assertThat(drain(limits)).isEqualTo(1);
    }

    @Test
    void withoutALimitEverybodyIsLetThroughAndNothingIsWritten() {
        customer = shop.customerWith("0");
        RateLimit unlimited = take(limits);
        assertThat(unlimited.size()).isEmpty();
        assertThat(unlimited.remaining()).isEmpty();
        assertThat(left()).isEqualTo(unlimited);
        assertThat(state()).isEmpty();
    }

    @Test
    void whoIsNotServedTakesNothingAndOtherLimitsAreNotTakenByTheMinute() {
        shop.refusals = List.of(new AccessReason("subscription_locked", "The subscription is locked."));
        assertThat(refusal().code().code()).isEqualTo("access_refused");
        shop.refusals = List.of();
        assertThatThrownBy(() -> limits.take(shop.scope, customer, Limit.CONCURRENCY))
                .hasMessageContaining("requests_per_minute");
        assertThat(left()).isEqualTo(whole(LIMIT));
        customer = CustomerId.next(shop.clock);
        assertThatThrownBy(this::left).hasMessageContaining("not_found");
    }

    @Test
    void aRefusalLocksAndWritesNothing() {
        drain(limits);
        String before = state().orElseThrow();
        assertThat(before).endsWith(" 0");
        assertThat(refusal().code().code()).isEqualTo("limit_reached");
        assertThat(state()).contains(before);
    }

    /** The row's version, and who locked or changed it last. */
    interface BucketProbe {
        @Select("""
                select level || ' ' || xmin::text || ' ' || xmax::text
                  from plans.rate_bucket
                 where tenant_id = #{tenant} and customer_id = #{customer}
                """)
        Optional<String> state(TenantId tenant, CustomerId customer);
    }

    private Optional<String> state() {
        BucketProbe probe = shop.database.mapper("plans", BucketProbe.class);
        return shop.database.transact(shop.scope, () -> probe.state(shop.scope.tenant(), customer));
    }

    @Test
    void ofManyWhoComeAtOnceOnTwoNodesAsManyAsThereIsRoomForAreLetThrough() throws Exception {
        List<RateLimits> nodes = List.of(shop.rateLimits(first, shop.clock), shop.rateLimits(second, shop.clock));
        for (int round = 0; round < 5; round++) {
            customer = shop.subscriber("0", "scale");
            assertThat(together(nodes)).isEqualTo(LIMIT);
            shop.clock.advance(Duration.ofSeconds(7));
            assertThat(together(nodes)).isEqualTo(7);
            assertThat(left().remaining()).hasValue(0);
        }
    }

    private int together(List<RateLimits> nodes) throws Exception {
        AtomicInteger through = new AtomicInteger();
        Together.each(THREADS, thread -> {
            for (int i = 0; i < 2; i++) {
                try {
                    take(nodes.get(thread % 2));
                    through.incrementAndGet();
                } catch (ProblemException full) {
                    assertThat(full.problem().code().code()).isEqualTo("limit_reached");
                }
            }
        });
        return through.get();
    }

    @Test
    void aNodeWhoseClockIsBehindLetsNobodyThroughTwice() {
        TestClock behind = new TestClock(shop.clock.instant().minusSeconds(30));
        RateLimits other = shop.rateLimits(second, behind);
        assertThat(drain(limits)).isEqualTo(LIMIT);
        assertThat(drain(other)).isZero();
        behind.advance(Duration.ofSeconds(25));
        assertThat(drain(other)).isZero();
        behind.advance(Duration.ofSeconds(10));
        assertThat(drain(other)).isEqualTo(5);
        assertThat(drain(limits)).isZero();
    }

    @Test
    void aClockThatWasSetBackIsNotWaitedFor() {
        assertThat(drain(limits)).isEqualTo(LIMIT);
        shop.clock.set(shop.clock.instant().minus(Duration.ofDays(1)));
        assertThat(left()).isEqualTo(whole(LIMIT));
        assertThat(drain(limits)).isEqualTo(LIMIT);
        shop.clock.advance(Duration.ofSeconds(10));
        assertThat(drain(limits)).isEqualTo(10);
    }

    @Test
    void theStatementDecidesAsTheArithmeticDoes() {
        Random random = new Random(7);
        RateBucket model = RateBucket.empty(shop.clock.instant());
        for (int step = 0; step < 600; step++) {
            // bursts, and then pauses in microseconds around what one request takes
            long pause = random.nextInt(4) > 0 ? 0 : random.nextInt(3_000_000);
            shop.clock.advance(Duration.ofNanos(pause * 1_000));
            Instant now = shop.clock.instant();
            model = model.at(now, LIMIT);
            if (model.hasRoom(LIMIT)) {
                model = new RateBucket(model.level() + RateBucket.REQUEST, model.measuredAt());
                assertThat(take(limits).remaining()).hasValue(model.room(LIMIT));
                assertThat(state().orElseThrow()).startsWith(model.level() + " ");
            } else {
                assertThat(refusal().code().code()).isEqualTo("limit_reached");
            }
        }
    }
}

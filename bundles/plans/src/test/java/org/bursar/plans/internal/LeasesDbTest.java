package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ibatis.annotations.Select;
import org.bursar.customers.Access;
import org.bursar.customers.AccessReason;
import org.bursar.database.internal.PooledDatabase;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.LeaseId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Lease;
import org.bursar.plans.LeaseStatus;
import org.bursar.plans.Leases;
import org.bursar.plans.Limit;
import org.bursar.plans.NewLease;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeasesDbTest {
    private static final int LIMIT = 10;
    private static final int THREADS = 64;

    private static TestDatabase postgres;
    private static PooledDatabase first;
    private static PooledDatabase second;

    private Shop shop;
    private CustomerId customer;
    private CustomerLeases leases;

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
        leases = shop.leases(shop.database, shop.clock);
    }

    private Lease acquire(Leases at) {
        return at.acquire(shop.scope, new NewLease(customer, Limit.CONCURRENCY, 60));
    }

    private Lease get(Lease lease) {
        return leases.get(shop.scope, lease.id());
    }

    private Page<Lease> open() {
        return leases.open(shop.scope, Optional.of(customer), new Page.Request(200, null));
    }

    @Test
    void whatIsGivenIsWhatIsStored() {
        Lease taken = acquire(leases);
        assertThat(get(taken)).isEqualTo(taken);
        customer = shop.customerWith("0");
        Lease unlimited = acquire(leases);
        assertThat(get(unlimited)).isEqualTo(unlimited);
    }

    private static Problem refusal(Runnable refused) {
        try {
            refused.run();
        } catch (ProblemException e) {
            return e.problem();
        }
        throw new AssertionError("it was not refused");
    }

    private static String code(Runnable refused) {
        return refusal(refused).code().code();
    }

    private List<Lease> fill() {
        List<Lease> taken = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            taken.add(acquire(leases));
        }
        return taken;
    }

    @Test
    void ofManyWhoComeAtOnceOnTwoNodesAsManyAsThereArePlacesGetOne() throws Exception {
        List<CustomerLeases> nodes = List.of(shop.leases(first, shop.clock), shop.leases(second, shop.clock));
        for (int round = 0; round < 10; round++) {
            customer = shop.subscriber("0", "scale");
            AtomicInteger taken = new AtomicInteger();
            List<String> refused = Collections.synchronizedList(new ArrayList<>());
            Together.each(THREADS, thread -> {
                try {
                    acquire(nodes.get(thread % 2));
                    taken.incrementAndGet();
                } catch (ProblemException e) {
                    refused.add(e.problem().code().code());
                }
            });
            assertThat(taken).hasValue(LIMIT);
            assertThat(refused).hasSize(THREADS - LIMIT).containsOnly("limit_reached");
            assertThat(open().items()).hasSize(LIMIT);
        }
    }

    @Test
    void whileManyTakeAndGiveBackOnTwoNodesNeverMoreThanTheLimitAreHeld() throws Exception {
        List<CustomerLeases> nodes = List.of(shop.leases(first, shop.clock), shop.leases(second, shop.clock));
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        Together.each(THREADS, thread -> {
            Leases node = nodes.get(thread % 2);
            for (int round = 0; round < 10; round++) {
                Lease lease;
                try {
                    lease = acquire(node);
                } catch (ProblemException full) {
                    continue;
                }
                taken.incrementAndGet();
                most.accumulateAndGet(held.incrementAndGet(), Math::max);
                node.renew(shop.scope, lease.id(), 120);
                held.decrementAndGet();
                node.release(shop.scope, lease.id());
            }
        });
        assertThat(most.get()).isBetween(2, LIMIT);
        assertThat(taken.get()).isGreaterThanOrEqualTo(LIMIT);
        assertThat(open().items()).isEmpty();
    }

    @Test
    void aPlaceIsFreeFromTheInstantOnAtWhichALeaseExpires() {
        Lease first = fill().get(0);
        Instant expiry = first.expiresAt();
        assertThat(expiry).isEqualTo(shop.clock.instant().plusSeconds(60));
        shop.clock.set(expiry.minusNanos(1_000));
        assertThat(code(() -> acquire(leases))).isEqualTo("limit_reached");
        assertThat(get(first).status()).isEqualTo(LeaseStatus.OPEN);
        shop.clock.set(expiry);
        assertThat(get(first).status()).isEqualTo(LeaseStatus.EXPIRED);
        assertThat(open().items()).isEmpty();
        assertThat(acquire(leases).status()).isEqualTo(LeaseStatus.OPEN);
        assertThat(open().items()).hasSize(1);
    }

    @Test
    void anExpiryCountsAsOneChangeBeforeAndAfterItIsWritten() {
        Lease first = fill().get(0);
        shop.clock.set(first.expiresAt());
        Lease unwritten = get(first);
        assertThat(unwritten.version()).isEqualTo(first.version() + 1);
        acquire(leases);
        assertThat(get(first)).isEqualTo(unwritten);
    }

    @Test
    void whatIsRenewedLastsFromNowAndNeverShorterThanItWould() {
        Lease lease = acquire(leases);
        shop.clock.advance(Duration.ofSeconds(50));
        Instant later = leases.renew(shop.scope, lease.id(), 60).expiresAt();
        assertThat(later).isEqualTo(shop.clock.instant().plusSeconds(60));
        assertThat(leases.renew(shop.scope, lease.id(), 1).expiresAt()).isEqualTo(later);
        shop.clock.advance(Duration.ofSeconds(59));
        assertThat(get(lease).status()).isEqualTo(LeaseStatus.OPEN);
    }

    @Test
    void whatHasEndedIsNotRenewed() {
        Lease expired = acquire(leases);
        Lease released = acquire(leases);
        leases.release(shop.scope, released.id());
        assertThat(code(() -> leases.renew(shop.scope, released.id(), 60))).isEqualTo("lease_ended");
        shop.clock.set(expired.expiresAt());
        assertThat(code(() -> leases.renew(shop.scope, expired.id(), 60))).isEqualTo("lease_ended");
        assertThat(get(expired).status()).isEqualTo(LeaseStatus.EXPIRED);
    }

    /** The place is another's by then: a node whose clock is a minute behind must not bring the lease back. */
    @Test
    void aNodeWhoseClockIsBehindDoesNotRenewWhatAnotherHasTakenThePlaceOf() {
        TestClock behind = new TestClock(shop.clock.instant());
        CustomerLeases slow = shop.leases(second, behind);
        List<Lease> old = fill();
        shop.clock.set(old.get(0).expiresAt());
        fill();
        for (Lease lease : old) {
            assertThat(code(() -> slow.renew(shop.scope, lease.id(), 60))).isEqualTo("lease_ended");
        }
        assertThat(open().items()).hasSize(LIMIT);
    }

    /** Who waits for the gate looks at the clock when the wait is over. */
    @Test
    void aRenewalThatWaitedBeyondTheExpiryIsRefused() throws Exception {
        List<Lease> old = fill();
        LeaseId mine = old.get(0).id();
        AtomicInteger answers = new AtomicInteger();
        Together.each(2, thread -> {
            if (thread == 0) {
                shop.database.run(shop.scope, () -> {
                    // the gate is locked by taking a place that was free
                    leases.release(shop.scope, old.get(1).id());
                    acquire(leases);
                    answers.incrementAndGet();
                    pause();
                    shop.clock.set(old.get(0).expiresAt());
                });
            } else {
                while (answers.get() == 0) {
                    Thread.onSpinWait();
                }
                CustomerLeases other = shop.leases(second, shop.clock);
                assertThat(code(() -> other.renew(shop.scope, mine, 60))).isEqualTo("lease_ended");
            }
        });
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void givingBackTwiceIsAsGoodAsOnce() {
        List<Lease> taken = fill();
        Lease once = leases.release(shop.scope, taken.get(0).id());
        assertThat(once.status()).isEqualTo(LeaseStatus.RELEASED);
        acquire(leases);
        assertThat(leases.release(shop.scope, taken.get(0).id())).isEqualTo(once);
        assertThat(code(() -> acquire(leases))).isEqualTo("limit_reached");
        shop.clock.set(taken.get(1).expiresAt());
        assertThat(leases.release(shop.scope, taken.get(1).id()).status()).isEqualTo(LeaseStatus.EXPIRED);
    }

    @Test
    void aRefusalSaysHowManyThereAreAndWhenToAskAgain() {
        shop.clock.advance(Duration.ofMillis(300));
        Lease first = leases.acquire(shop.scope, new NewLease(customer, Limit.CONCURRENCY, 5));
        for (int i = 1; i < LIMIT; i++) {
            acquire(leases);
        }
        Problem problem = refusal(() -> acquire(leases));
        assertThat(problem.code().status()).isEqualTo(429);
        assertThat(problem.extensions())
                .containsEntry("limit", "concurrency")
                .containsEntry("size", LIMIT)
                .containsEntry("open", (long) LIMIT)
                .containsEntry("retryAfter", 5L);
        leases.release(shop.scope, first.id());
        acquire(leases);
        assertThat(refusal(() -> acquire(leases)).extensions()).containsEntry("retryAfter", 10L);
    }

    @Test
    void aRefusalWritesNothing() {
        fill();
        Writes writes = shop.database.mapper("plans", Writes.class);
        List<String> ids = new ArrayList<>();
        assertThatThrownBy(() -> shop.database.run(shop.scope, () -> {
                    try {
                        acquire(leases);
                    } finally {
                        ids.add(String.valueOf(writes.transactionId()));
                    }
                }))
                .hasMessageContaining("limit_reached");
        shop.database.run(shop.scope, () -> {
            leases.release(shop.scope, open().items().get(0).id());
            ids.add(String.valueOf(writes.transactionId()));
        });
        assertThat(ids.get(0))
                .as("a transaction that wrote or locked has an id")
                .isEqualTo("null");
        assertThat(ids.get(1)).isNotEqualTo("null");
    }

    @Test
    void addOnsRaiseTheLimitAtOnceAndTakenAwayTheyLeaveWhatIsOpen() {
        shop.addOn("concurrency", "9.00", Limit.CONCURRENCY, 5);
        shop.addOn("seats", "9.00", Limit.USERS, 50);
        fill();
        shop.setAddOn(customer, "seats", "1");
        assertThat(code(() -> acquire(leases))).isEqualTo("limit_reached");
        shop.setAddOn(customer, "concurrency", "2");
        fill();
        assertThat(refusal(() -> acquire(leases)).extensions()).containsEntry("size", 20);
        shop.setAddOn(customer, "concurrency", "0");
        assertThat(open().items()).hasSize(20);
        assertThat(refusal(() -> acquire(leases)).extensions())
                .containsEntry("size", 10)
                .containsEntry("open", 20L);
    }

    @Test
    void withoutASubscriptionNothingLimits() {
        customer = shop.customerWith("0");
        fill();
        fill();
        assertThat(open().items()).hasSize(20);
    }

    @Test
    void whoIsNotServedGetsNoLeaseAndKeepsNone() {
        Lease lease = acquire(leases);
        shop.refusals = List.of(new AccessReason("subscription_locked", "The subscription is locked."));
        assertThat(code(() -> acquire(leases))).isEqualTo("access_refused");
        assertThat(code(() -> leases.renew(shop.scope, lease.id(), 60))).isEqualTo("access_refused");
        assertThat(leases.release(shop.scope, lease.id()).status()).isEqualTo(LeaseStatus.RELEASED);
        shop.refusals = List.of(new AccessReason(Access.NOT_READY, "The rule account is not running."));
        assertThat(code(() -> acquire(leases))).isEqualTo("unavailable");
    }

    @Test
    void onlyWhatCanBeLeasedIsForAsLongAsIsAllowed() {
        assertThat(code(() -> leases.acquire(shop.scope, new NewLease(customer, Limit.USERS, 60))))
                .isEqualTo("invalid");
        assertThat(code(() -> leases.acquire(shop.scope, new NewLease(customer, Limit.CONCURRENCY, 0))))
                .isEqualTo("invalid");
        assertThat(code(() -> leases.acquire(shop.scope, new NewLease(customer, Limit.CONCURRENCY, 86_401))))
                .isEqualTo("invalid");
        Lease longest = leases.acquire(shop.scope, new NewLease(customer, Limit.CONCURRENCY, 86_400));
        assertThat(code(() -> leases.renew(shop.scope, longest.id(), 0))).isEqualTo("invalid");
    }

    @Test
    void listsGoOnWhereTheyEnded() {
        List<Lease> mine = fill();
        CustomerId first = customer;
        customer = shop.subscriber("0", "scale");
        acquire(leases);
        List<LeaseId> seen = new ArrayList<>();
        String after = null;
        do {
            Page<Lease> page = leases.open(shop.scope, Optional.empty(), new Page.Request(3, after));
            page.items().forEach(lease -> seen.add(lease.id()));
            after = page.next();
        } while (after != null);
        assertThat(seen).hasSize(LIMIT + 1).doesNotHaveDuplicates();
        Page<Lease> page = leases.open(shop.scope, Optional.of(first), new Page.Request(4, null));
        assertThat(page.items()).hasSize(4);
        Page<Lease> next = leases.open(shop.scope, Optional.of(first), new Page.Request(200, page.next()));
        assertThat(next.items()).hasSize(6);
        assertThat(mine)
                .extracting(Lease::id)
                .containsAll(next.items().stream().map(Lease::id).toList());
    }

    @Test
    void aCustomersOwnScopeTakesAndSeesItsOwnAlone() {
        CustomerId other = customer;
        Lease others = acquire(leases);
        customer = shop.subscriber("0", "scale");
        Lease mine = leases.acquire(shop.scope.only(customer), new NewLease(customer, Limit.CONCURRENCY, 60));
        assertThat(leases.renew(shop.scope.only(customer), mine.id(), 90).status())
                .isEqualTo(LeaseStatus.OPEN);
        assertThat(code(() -> leases.get(shop.scope.only(customer), others.id())))
                .isEqualTo("not_found");
        assertThat(code(() -> leases.release(shop.scope.only(customer), others.id())))
                .isEqualTo("not_found");
        assertThat(code(() -> leases.renew(shop.scope.only(customer), others.id(), 60)))
                .isEqualTo("not_found");
        assertThat(leases.open(shop.scope.only(customer), Optional.of(other), new Page.Request(50, null))
                        .items())
                .isEmpty();
        assertThat(get(others).status()).isEqualTo(LeaseStatus.OPEN);
    }

    @Test
    void theJanitorForgetsWhatEndedADayAgoAndNothingElse() {
        Lease expired = acquire(leases);
        Lease released = acquire(leases);
        leases.release(shop.scope, released.id());
        Lease kept = leases.acquire(shop.scope, new NewLease(customer, Limit.CONCURRENCY, 86_400));
        LeaseJanitor janitor = new LeaseJanitor(shop.database, shop, shop.clock);
        shop.clock.advance(Duration.ofHours(23));
        leases.renew(shop.scope, kept.id(), 86_400);
        janitor.run();
        assertThat(get(expired).status()).isEqualTo(LeaseStatus.EXPIRED);
        assertThat(get(released).status()).isEqualTo(LeaseStatus.RELEASED);
        shop.clock.advance(Duration.ofMinutes(62));
        janitor.run();
        assertThat(code(() -> get(expired))).isEqualTo("not_found");
        assertThat(code(() -> get(released))).isEqualTo("not_found");
        assertThat(get(kept).status()).isEqualTo(LeaseStatus.OPEN);
    }

    @Test
    void waitsAreWholeSecondsFromOneUpToTen() {
        Instant now = Instant.parse("2026-01-31T10:00:00Z");
        assertThat(CustomerLeases.waitSeconds(null, now)).isEqualTo(10);
        assertThat(CustomerLeases.waitSeconds(now, now)).isEqualTo(1);
        assertThat(CustomerLeases.waitSeconds(now.plusMillis(1_001), now)).isEqualTo(2);
        assertThat(CustomerLeases.waitSeconds(now.plusSeconds(600), now)).isEqualTo(10);
    }

    interface Writes {
        @Select("select coalesce(pg_current_xact_id_if_assigned()::text, 'null')")
        String transactionId();
    }
}

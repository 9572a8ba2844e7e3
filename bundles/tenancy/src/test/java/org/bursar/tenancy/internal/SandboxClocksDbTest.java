package org.bursar.tenancy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bursar.tenancy.internal.Tenancy.refused;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.TimeFollower;
import org.bursar.tenancy.internal.SandboxClocks.Advance;
import org.bursar.tenancy.internal.SandboxClocks.Reading;
import org.bursar.tenancy.internal.StoredTenants.Creation;
import org.bursar.tenancy.internal.StoredTenants.Owner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxClocksDbTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Tenancy tenancy;
    private StoredClocks clocks;
    private SandboxClocks moved;
    private TenantId box;
    private Scope scope;
    private final Bells bells = new Bells();

    /** Rings at certain instants, and writes down what the clock showed. */
    private final class Bells implements TimeFollower {
        final TreeSet<Instant> due = new TreeSet<>();
        final List<String> rung = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger failures = new AtomicInteger();

        @Override
        public String name() {
            return "bells";
        }

        @Override
        public int order() {
            return 1;
        }

        @Override
        public synchronized Optional<Instant> nextDue(Scope asked) {
            return due.isEmpty() ? Optional.empty() : Optional.of(due.first());
        }

        @Override
        public void due(Scope asked) {
            Instant now = clocks.of(asked.tenant()).instant();
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the rope broke");
            }
            synchronized (this) {
                while (!due.isEmpty() && !due.first().isAfter(now)) {
                    rung.add(due.pollFirst() + " at " + now);
                }
            }
        }

        Instant in(String period) {
            Instant at = START.plus(Duration.parse(period));
            due.add(at);
            return at;
        }
    }

    @BeforeEach
    void sandbox() {
        tenancy = new Tenancy();
        clocks = new StoredClocks(tenancy.database, tenancy.clock);
        moved = node();
        moved.bind(bells);
        box = tenancy.tenants.create(
                Tenancy.platform(),
                new Creation(
                        "playground",
                        "Playground",
                        "agency",
                        "USD",
                        "America/Los_Angeles",
                        new Owner("Mara", "Lindqvist", "mara@playground.example", "Harbor-Light-7"),
                        true));
        scope = Tenancy.scope(box);
    }

    private SandboxClocks node() {
        return new SandboxClocks(tenancy.database, tenancy.clock, tenancy.tenants, tenancy.audit);
    }

    @AfterEach
    void close() {
        tenancy.close();
    }

    private Instant now() {
        return clocks.of(box).instant();
    }

    private Instant by(String period) {
        return moved.aim(scope, new Advance(null, period));
    }

    private Reading go() {
        return moved.go(box, PATIENCE).reading();
    }

    @Test
    void aSandboxsTimeStandsStillAndTheOthersGoOn() {
        TenantId ordinary = tenancy.tenant("harborlight");
        tenancy.clock.advance(Duration.ofHours(1));
        assertThat(now()).isEqualTo(START);
        assertThat(clocks.of(ordinary)).isSameAs(tenancy.clock);
        assertThat(clocks.of(Scope.PLATFORM)).isSameAs(tenancy.clock);
        assertThat(clocks.sandbox(box)).isTrue();
        assertThat(tenancy.tenants.get(scope, box).sandbox()).isTrue();
        assertThat(tenancy.tenants.get(scope, ordinary).sandbox()).isFalse();
    }

    @Test
    void aTenantThatIsNotThereYetIsNotRememberedAsOrdinary() {
        TenantId unknown = TenantId.next(tenancy.clock);
        assertThat(clocks.sandbox(unknown)).isFalse();
        assertThat(clocks.of(unknown)).isSameAs(tenancy.clock);
    }

    @Test
    void whatItIsItStays() {
        assertThatThrownBy(() -> tenancy.test
                        .jdbc()
                        .connection()
                        .createStatement()
                        .execute("update tenancy.tenant set sandbox = false"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void whatIsDueOnTheWayHappensAtItsInstantAndInOrder() {
        Instant third = bells.in("P3DT1S");
        Instant first = bells.in("PT0.000001S");
        Instant second = bells.in("P2D");
        bells.in("P40D");
        by("P1M");
        Reading reading = go();
        assertThat(reading)
                .isEqualTo(new Reading(
                        Instant.parse("2026-12-21T10:00:00Z"), Instant.parse("2026-12-21T10:00:00Z"), false));
        assertThat(bells.rung)
                .containsExactly(first + " at " + first, second + " at " + second, third + " at " + third);
    }

    @Test
    void aMonthIsOneOfTheTenantsTimeZone() {
        moved.aim(scope, new Advance(Instant.parse("2027-02-14T20:00:00Z"), null));
        assertThat(by("P1M")).as("the clocks in Oregon go forward").isEqualTo(Instant.parse("2027-03-14T19:00:00Z"));
        assertThat(by("PT1H")).isEqualTo(Instant.parse("2027-03-14T20:00:00Z"));
    }

    @Test
    void whatIsDueAlreadyHappensWhereTheClockStands() {
        bells.due.add(START.minusSeconds(60));
        moved.aim(scope, new Advance(START, null));
        assertThat(go().now()).isEqualTo(START);
        assertThat(bells.rung).containsExactly(START.minusSeconds(60) + " at " + START);
    }

    @Test
    void itGoesForwardOnlyAndNotTooFar() {
        by("P1D");
        Instant target = START.plus(Duration.ofDays(1));
        refused("invalid", () -> moved.aim(scope, new Advance(target.minusMillis(1), null)));
        refused("invalid", () -> by("-P1D"));
        refused("invalid", () -> by("P6Y"));
        refused("invalid", () -> by("P999999999Y"));
        refused("invalid", () -> by("PT9999999999999999H"));
        refused("invalid", () -> by("tomorrow"));
        refused("invalid", () -> moved.aim(scope, null));
        refused("invalid", () -> moved.aim(scope, new Advance(null, null)));
        refused("invalid", () -> moved.aim(scope, new Advance(target, "P1D")));
        assertThat(moved.aim(scope, new Advance(target, null)))
                .as("the same again")
                .isEqualTo(target);
        assertThat(moved.get(scope).reading()).isEqualTo(new Reading(START, target, true));
    }

    @Test
    void anOrdinaryTenantHasNone() {
        Scope ordinary = Tenancy.scope(tenancy.tenant("harborlight"));
        refused("not_a_sandbox", () -> moved.aim(ordinary, new Advance(null, "P1D")));
        refused("not_a_sandbox", () -> moved.get(ordinary));
    }

    @Test
    void whatWasCutOffAnotherGoesOnWith() {
        Instant first = bells.in("P1D");
        Instant second = bells.in("P2D");
        bells.failures.set(1);
        by("P3D");
        assertThatThrownBy(this::go).hasMessage("the rope broke");
        assertThat(moved.get(scope).reading()).isEqualTo(new Reading(first, START.plus(Duration.ofDays(3)), true));
        SandboxClocks other = node();
        other.bind(bells);
        assertThat(other.go(box, PATIENCE).reading().moving()).isFalse();
        assertThat(bells.rung).containsExactly(first + " at " + first, second + " at " + second);
    }

    @Test
    void whatIsDueAtTheTargetItselfIsNotForgottenByWhoComesAfterAFailure() {
        Instant last = bells.in("P3D");
        bells.failures.set(1);
        by("P3D");
        assertThatThrownBy(this::go).hasMessage("the rope broke");
        assertThat(moved.moving(box)).as("the job comes for it").isTrue();
        new SandboxJob(tenancy.directory, clocks, moved).run();
        assertThat(bells.rung).containsExactly(last + " at " + last);
        assertThat(moved.moving(box)).isFalse();
    }

    @Test
    void whatTheTimeDoesNotSufficeForTheJobDoes() {
        for (int day = 1; day <= 30; day++) {
            bells.in("P" + day + "D");
        }
        by("P31D");
        Reading reading = moved.go(box, Duration.ZERO).reading();
        assertThat(reading.moving()).isTrue();
        assertThat(reading.now()).isBefore(reading.target());
        new SandboxJob(tenancy.directory, clocks, moved).run();
        assertThat(moved.get(scope).reading()).isEqualTo(new Reading(reading.target(), reading.target(), false));
        assertThat(bells.rung).hasSize(30);
    }

    @Test
    void twoNodesRingEachBellOnce() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int hour = 1; hour <= 200; hour++) {
            Instant at = bells.in("PT" + hour + "H");
            expected.add(at + " at " + at);
        }
        by("P30D");
        SandboxClocks other = node();
        other.bind(bells);
        CompletableFuture<Reading> second =
                CompletableFuture.supplyAsync(() -> other.go(box, PATIENCE).reading());
        Reading first = go();
        Reading answered = second.get(30, TimeUnit.SECONDS);
        assertThat(first.moving() && answered.moving())
                .as("one of them came to the end")
                .isFalse();
        assertThat(bells.rung).isEqualTo(expected);
    }

    @Test
    void itDoesNotMoveWhileSomebodyWhoReadItHasNotCommitted() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Instant soon = START.plusSeconds(5);
        CompletableFuture<Void> request = CompletableFuture.runAsync(() -> tenancy.database.run(scope, () -> {
            assertThat(now()).isEqualTo(START);
            read.countDown();
            try {
                asked.await(20, TimeUnit.SECONDS);
                Thread.sleep(200);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(now()).as("it stood still").isEqualTo(START);
            // what the request writes is due soon after; here it is rung for by hand
            synchronized (bells) {
                bells.due.add(soon);
            }
        }));
        assertThat(read.await(20, TimeUnit.SECONDS)).isTrue();
        asked.countDown();
        by("P1D");
        go();
        request.get(20, TimeUnit.SECONDS);
        assertThat(bells.rung).containsExactly(soon + " at " + soon);
    }

    @Test
    void itWaitsForThoseWhoFollowIt() {
        by("P1D");
        SandboxClocks starting = node();
        refused("unavailable", () -> starting.go(box, PATIENCE));
        assertThat(now()).isEqualTo(START);
        starting.bind(bells);
        assertThat(starting.go(box, PATIENCE).reading().moving()).isFalse();
    }

    @Test
    void whatNeverComesToAnEndStopsTheClockAndNotTheNode() {
        Instant first = bells.in("P1D");
        TimeFollower stuck = new TimeFollower() {
            @Override
            public String name() {
                return "stuck";
            }

            @Override
            public int order() {
                return 2;
            }

            @Override
            public Optional<Instant> nextDue(Scope asked) {
                return Optional.of(first);
            }

            @Override
            public void due(Scope asked) {
                // as if it could not be done
            }
        };
        moved.bind(stuck);
        by("P2D");
        Reading reading = go();
        assertThat(reading.now()).isEqualTo(first);
        assertThat(reading.moving()).isTrue();
    }
}

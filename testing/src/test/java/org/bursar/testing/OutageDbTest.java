package org.bursar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.bursar.database.DatabaseException;
import org.bursar.database.Lane;
import org.bursar.database.PoolFigures;
import org.bursar.database.embedded.internal.PostgresServer;
import org.bursar.database.internal.PooledDatabase;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL of its own, which is frozen, killed and crowded under the real pools. */
class OutageDbTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Longer than any test runs: what ends before has been cut off. */
    private static final double FOR_EVER = 300;

    @TempDir
    static Path data;

    private static PostgresServer server;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Scope scope = Scope.of(TenantId.next(Clock.systemUTC()), Actor.system("test"));
    private PooledDatabase database;
    private NapMapper naps;

    @BeforeAll
    static void start() {
        server = Servers.in(data);
        server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        database = new PooledDatabase(
                server.address(),
                Map.of(Lane.GENERAL, 2, Lane.USAGE, 2),
                Map.of(Lane.GENERAL, 3, Lane.USAGE, 3),
                500,
                700);
        naps = database.mapper("probe", NapMapper.class);
    }

    @AfterEach
    void close() throws Exception {
        Processes.signal("CONT", Processes.all(data));
        database.close();
        threads.shutdownNow();
    }

    @Test
    void aLongStatementOnAHealthyDatabaseIsNotCutOff() {
        assertThat(database.transact(scope, () -> naps.sleep(3))).isNotNull();
        assertThat(database.outages()).isZero();
    }

    @Test
    void aFrozenServerHoldsNobodyUpAndIsUsedAgainWhenItGoesOn() throws Exception {
        CompletableFuture<Throwable> stuck = failure(() -> database.transact(scope, () -> naps.sleep(FOR_EVER)));
        await(() -> active(Lane.GENERAL) == 1);

        Processes.signal("STOP", Processes.all(data));

        assertThat(stuck.join())
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        e -> assertThat(e.unavailable()).isTrue());
        await(database::away);
        assertThat(database.problem()).isPresent();
        assertThatThrownBy(() -> database.transact(scope, () -> naps.sleep(0)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("refused until it does");

        Processes.signal("CONT", Processes.all(data));

        await(() -> !database.away());
        assertThat(database.transact(scope, () -> naps.sleep(0))).isNotNull();
        assertThat(database.problem()).isEmpty();
    }

    @Test
    void aCommitThatIsNotAnsweredIsUnknownAndNeverASuccess() throws Exception {
        CountDownLatch frozen = new CountDownLatch(1);
        CompletableFuture<Throwable> commit = failure(() -> database.transact(scope, () -> {
            naps.sleep(0);
            await(frozen);
            return "committed";
        }));
        await(() -> active(Lane.GENERAL) == 1);
        Processes.signal("STOP", Processes.all(data));
        frozen.countDown();

        assertThat(commit.join())
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        e -> assertThat(e.unavailable()).isTrue());
    }

    @Test
    void aKilledServerIsBackByItselfWithItsOldConnectionsForgotten() throws Exception {
        CompletableFuture<Throwable> stuck = failure(() -> database.transact(scope, () -> naps.sleep(FOR_EVER)));
        await(() -> active(Lane.GENERAL) == 1);
        long before = Processes.postmaster(data);

        // the backend that sleeps outlives its postmaster, and keeps the shared memory that the next one needs
        Processes.signal("KILL", List.of(before));

        assertThat(stuck.join()).isInstanceOf(DatabaseException.class);
        await(() -> works() && !database.away());
        assertThat(Processes.postmaster(data)).isNotEqualTo(before);
    }

    @Test
    void aWholeServerThatIsKilledIsBackByItself() throws Exception {
        Processes.signal("KILL", Processes.all(data));

        await(() -> works() && !database.away());
    }

    @Test
    void aKilledBackendMakesPostgresRestartAndIsForgotten() throws Exception {
        int backend = database.transact(scope, naps::backend);

        Processes.signal("KILL", List.of((long) backend));

        await(() -> works() && !database.away());
    }

    @Test
    void theUsagePathHasConnectionsOfItsOwn() {
        List<CompletableFuture<Throwable>> reports = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            reports.add(failure(() -> database.transact(scope, () -> naps.sleep(FOR_EVER))));
        }
        await(() -> active(Lane.GENERAL) == 2);

        assertThatThrownBy(() -> database.transact(scope, () -> naps.sleep(0)))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        e -> assertThat(e.unavailable()).isTrue());
        assertThat(figures(Lane.GENERAL).timeouts()).isEqualTo(1);
        try (var stay = database.enter(Lane.USAGE)) {
            assertThat(stay).isNotNull();
            assertThat(database.transact(scope, () -> naps.sleep(0))).isNotNull();
        }
        assertThat(reports).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void onlySoManyWaitForAConnection() {
        for (int i = 0; i < 2; i++) {
            failure(() -> database.transact(scope, () -> naps.sleep(FOR_EVER)));
        }
        await(() -> active(Lane.GENERAL) == 2);

        List<CompletableFuture<Throwable>> crowd = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            crowd.add(failure(() -> database.transact(scope, () -> naps.sleep(0))));
        }
        crowd.forEach(CompletableFuture::join);

        PoolFigures.Figures figures = figures(Lane.GENERAL);
        assertThat(figures.timeouts() + figures.refused()).isEqualTo(8);
        assertThat(figures.refused()).isPositive();
        assertThat(figures.timeouts()).isBetween(1L, 3L);
    }

    private boolean works() {
        try {
            return database.transact(scope, () -> naps.sleep(0)) != null;
        } catch (DatabaseException e) {
            assertThat(e.unavailable()).as(e.sqlState() + " " + e.getMessage()).isTrue();
            return false;
        }
    }

    private PoolFigures.Figures figures(Lane lane) {
        return database.lanes().stream()
                .filter(figures -> figures.lane() == lane)
                .findFirst()
                .orElseThrow();
    }

    private int active(Lane lane) {
        return figures(lane).active();
    }

    /** What the work fails with; a success is a failure of the test. */
    private CompletableFuture<Throwable> failure(Supplier<?> work) {
        return CompletableFuture.supplyAsync(work, threads).handle((result, failure) -> {
            if (failure == null) {
                return new AssertionError("it should have failed and gave " + result);
            }
            return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            if (Instant.now().isAfter(deadline)) {
                fail("nothing has changed for " + PATIENCE);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}

package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assert.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;

/** The distribution under load while its database is killed, frozen and crowded, and while it is stopped itself. */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class OutageIT {
    private static final Duration HEALED = Duration.ofSeconds(10);
    private static final Duration REFUSED = Duration.ofSeconds(3);
    private static final Duration STOPPED = Duration.ofSeconds(20);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int CUSTOMERS = 3;

    private static Platform platform;
    private static Http app;
    private static final List<String> customers = new ArrayList<>();

    @BeforeClass
    public static void start() throws Exception {
        platform = Platform.withAdmin("outage").start();
        Http admin = platform.admin();
        admin.post("/api/v1/tenants", Bodies.tenant("harborlight", "Harborlight AI", "mara@harborlight.example"))
                .is(201);
        app = platform.anybody()
                .bearer(admin.with("Bursar-Tenant", "harborlight")
                        .post("/api/v1/api-keys", "{\"name\": \"voice app\", \"permissions\": [\"*\"]}")
                        .is(201)
                        .at("/key"));
        String workspace = app.post("/api/v1/workspaces", "{\"name\": \"Portland\"}")
                .is(201)
                .at("/id");
        app.post("/api/v1/meters", """
                {"key": "voice-minutes", "name": "Conversation minutes", "unit": "minute", "costPerUnit": "0.031"}""").is(201);
        app.post("/api/v1/plans", """
                {"key": "scale", "name": "Scale", "price": {"amount": "799.00", "currency": "USD"}, "cycle": "month",
                 "rates": [{"meter": "voice-minutes", "included": "0", "model": "per_unit", "unitPrice": "0.085"}],
                 "limits": {"users": 25, "concurrency": 10}}""").is(201);
        for (int i = 0; i < CUSTOMERS; i++) {
            String customer = app.post(
                            "/api/v1/customers",
                            Bodies.customer(Bodies.LINE1, "admin" + i + "@acmecorp.example", workspace)
                                    .replace("Acme Corporation", "Acme Corporation " + i))
                    .is(201)
                    .at("/id");
            app.post(
                            "/api/v1/wallets/" + customer + "/adjustments",
                            "{\"operation\": \"add\", \"amount\": \"1000000.00\", \"reason\": \"prepaid\"}")
                    .is(201);
            customers.add(customer);
        }
    }

    @AfterClass
    public static void stop() throws Exception {
        platform.close();
    }

    /** Its main process alone, whose backends then end by themselves; everything at once; one backend, after which it restarts. */
    private enum Victim {
        POSTMASTER,
        ALL,
        BACKEND
    }

    @Test
    public void t1PostgresIsKilledUnderLoad() throws Exception {
        for (int round = 0; round < Soak.count(1, 10); round++) {
            for (Victim victim : Victim.values()) {
                try (Load load = Load.start(app, customers, 2)) {
                    await("the load runs", () -> load.acknowledged().size() > 30);
                    long killed = System.nanoTime();
                    kill(victim);
                    await("the outage is seen", () -> load.refused() > 0);
                    long seen = System.nanoTime();
                    await("it goes on", () -> load.goesOnSince(seen));
                    Duration recovery = Duration.ofNanos(System.nanoTime() - killed);
                    Scorecard.worst(Figure.POSTGRES_RECOVERY, recovery);
                    assertTrue(victim + ": " + recovery, recovery.compareTo(HEALED) < 0);
                    load.close();
                    assertEquals(victim.toString(), List.of(), load.wrong());
                    assertEquals(victim + ": requests without an answer", List.of(), load.brokenOff());
                    awaitReady();
                    Books.agree(platform, load);
                    Scorecard.add(Figure.POSTGRES_KILLS, 1, 1);
                }
            }
        }
    }

    private static void kill(Victim victim) throws Exception {
        switch (victim) {
            case POSTMASTER -> platform.postgres().destroyForcibly();
            case ALL -> signal("KILL", postgres());
            case BACKEND ->
                signal(
                        "KILL",
                        List.of(Long.parseLong(
                                platform.query("select pid from pg_stat_activity where usename = 'bursar_app' limit 1")
                                        .get(0))));
        }
    }

    @Test
    public void t2PostgresIsFrozen() throws Exception {
        try (Load load = Load.start(app, customers, 4)) {
            await("the load runs", () -> load.acknowledged().size() > 30);
            List<Long> frozen = postgres();
            signal("STOP", frozen);
            load.measure();
            try {
                await("the outage is seen", () -> load.refused() > 0 && readiness() == 503);
                int threads = threads();
                long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Soak.count(5, 30));
                while (System.nanoTime() < until) {
                    Http.Answer read = app.get("/api/v1/customers");
                    read.refuses(503, "unavailable");
                    assertFalse(read.header("Retry-After").isEmpty());
                    Thread.sleep(100);
                }
                int more = threads() - threads;
                assertTrue("threads pile up: " + more + " more", more < 20);
            } finally {
                signal("CONT", frozen);
            }
            Duration worst = load.worst();
            long reachable = System.nanoTime();
            await("it goes on", () -> load.goesOnSince(reachable));
            Duration recovery = Duration.ofNanos(System.nanoTime() - reachable);
            Scorecard.worst(Figure.UNREACHABLE_RECOVERY, recovery);
            assertTrue("healed after " + recovery, recovery.compareTo(HEALED) < 0);
            load.close();
            Scorecard.worst(Figure.UNREACHABLE_REFUSAL, load.refused(), worst);
            assertTrue("the slowest answer took " + worst, worst.compareTo(REFUSED) < 0);
            assertEquals(List.of(), load.wrong());
            assertEquals("requests without an answer", List.of(), load.brokenOff());
            awaitReady();
            Books.agree(platform, load);
        }
    }

    @Test
    public void t3SlowWorkTakesEveryGeneralConnectionAndNoneOfTheUsagePath() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Connection owner = platform.superuser();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            // whoever reads packages waits, and keeps a connection of the general lane
            statement.execute("lock table purchases.package in access exclusive mode");
            List<Future<Http.Answer>> stuck = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                stuck.add(threads.submit(() -> app.get("/api/v1/packages")));
            }
            // the pages that wait for the lock hold all connections of the lane when one more page gets none
            await(
                    "every connection is taken",
                    () -> app.get("/api/v1/customers").status() == 503);
            Load load = new UsagePath(Soak.count(3, 20)).run(threads);
            List<Future<Duration>> crowd = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                crowd.add(threads.submit(OutageIT::refusal));
            }
            Duration worst = Duration.ZERO;
            for (Future<Duration> refusal : crowd) {
                worst = refusal.get().compareTo(worst) > 0 ? refusal.get() : worst;
            }
            Scorecard.worst(Figure.POOL_REFUSAL, crowd.size(), worst);
            assertTrue("the slowest refusal took " + worst, worst.compareTo(REFUSED) < 0);
            load.close();
            Scorecard.add(Figure.POOL_USAGE, load.acknowledged().size(), load.refused());
            assertEquals("the usage path was refused", 0, load.refused());
            assertEquals(List.of(), load.wrong());
            assertFalse("the lock is held still", stuck.stream().allMatch(Future::isDone));
            owner.rollback();
            int answered = 0;
            for (Future<Http.Answer> page : stuck) {
                // a job may have had one of the connections
                answered += page.get().status() == 200 ? 1 : 0;
            }
            assertTrue(answered + " of the pages that waited for the lock were answered", answered >= stuck.size() / 2);
            awaitReady();
            Books.agree(platform, load);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The usage path alone, for a while. */
    private record UsagePath(int seconds) {
        Load run(ExecutorService threads) throws Exception {
            Load load = Load.start(app, customers, 2, Load.Kind.EVENT, Load.Kind.HOLD);
            Future<?> access = threads.submit((Callable<?>) () -> {
                long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
                while (System.nanoTime() < until) {
                    app.get("/api/v1/access/" + customers.get(0)).is(200);
                }
                return null;
            });
            access.get();
            return load;
        }
    }

    private static Duration refusal() {
        long begun = System.nanoTime();
        Http.Answer answer = app.get("/api/v1/customers").refuses(503, "unavailable");
        assertFalse(answer.header("Retry-After").isEmpty());
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    public void t4IsStoppedUnderLoadAndStartedAgain() throws Exception {
        for (int round = 0; round < Soak.count(1, 5); round++) {
            try (Load load = Load.start(app, customers, 2)) {
                await("the load runs", () -> load.acknowledged().size() > 30);
                long told = System.nanoTime();
                Process script = platform.process();
                script.destroy();
                await("readiness goes off first", () -> readiness() == 503);
                assertTrue("it ends", script.waitFor(60, TimeUnit.SECONDS));
                Duration took = Duration.ofNanos(System.nanoTime() - told);
                Scorecard.worst(Figure.DRAIN_TIME, took);
                Scorecard.add(
                        Figure.DRAIN_LOSSES,
                        load.sent().size(),
                        load.brokenOff().size());
                assertTrue("stopped after " + took, took.compareTo(STOPPED) < 0);
                load.close();
                assertEquals(0, script.exitValue());
                assertEquals("requests without an answer", List.of(), load.brokenOff());
                assertEquals(List.of(), load.wrong());
                platform.start();
                Books.agree(platform, load);
            }
        }
    }

    /** Zero when nobody listens any more. */
    private static int readiness() {
        try {
            return platform.anybody().get("/health/ready").status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    @Test
    public void t5TheCheckSeesAWriteThatWasNeverSent() throws Exception {
        Books books = Books.of(platform);
        assertEquals(Set.of("EVENT-never-sent"), books.lost(Set.of("EVENT-never-sent")));
        Scorecard.add(Figure.CONTROLS, 1, 1);
    }

    @Test
    public void t6WithoutSynchronousCommitAKillLosesWhatWasAcknowledged() throws Exception {
        platform.query("alter role bursar_app set synchronous_commit = off");
        platform.query("alter system set wal_writer_delay = '10s'");
        platform.query("alter system set wal_writer_flush_after = '1GB'");
        platform.query("select pg_reload_conf()");
        platform.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'bursar_app'");
        Set<String> lost = Set.of();
        for (int attempt = 0; attempt < 3 && lost.isEmpty(); attempt++) {
            awaitReady();
            try (Load load = Load.start(app, customers, 2)) {
                await("the load runs", () -> load.acknowledged().size() > 100);
                signal("KILL", postgres());
                await("the outage is seen", () -> load.refused() > 0);
                load.close();
                awaitReady();
                lost = Books.of(platform).lost(load.acknowledged());
            }
        }
        platform.query("alter role bursar_app reset synchronous_commit");
        Scorecard.add(Figure.CONTROLS, 1, lost.isEmpty() ? 0 : 1);
        assertFalse("nothing was lost, so the other tests prove nothing", lost.isEmpty());
    }

    @Test
    public void t7ASchemaThatCannotBeMigratedIsNamedAndComesUpWhenTheCauseIsGone() throws Exception {
        platform.query("create table public.kept as select * from identity.flyway_history where version is not null");
        // the migrations run once more at the next start, and find their tables there
        platform.query("delete from identity.flyway_history where version in (select version from public.kept)");
        platform.stop();
        Process run = platform.begin();
        await("it says what is wrong", () -> readinessText().contains("the schema identity is not up to date"));
        // its paths may come a moment later than that
        await("whoever signs in is asked to try again", () -> signIn() == 503);
        platform.query("delete from identity.flyway_history where version is not null");
        platform.query("insert into identity.flyway_history select * from public.kept");
        awaitReady();
        assertTrue(run.isAlive());
        platform.query("drop table public.kept");
        app.get("/api/v1/customers").is(200);
        platform.admin();
    }

    private static int signIn() {
        return platform.anybody()
                .post("/api/v1/sessions", "{\"email\": \"a@b.example\", \"password\": \"Wrong-Horse-7-Battery\"}")
                .status();
    }

    private static String readinessText() {
        try {
            return platform.anybody().get("/health/ready").text();
        } catch (UncheckedIOException e) {
            return "";
        }
    }

    private static List<Long> postgres() throws IOException {
        Path cluster = platform.data().resolve("postgresql").resolve("data");
        long postmaster = platform.postgres().pid();
        List<Long> all = new ArrayList<>(List.of(postmaster));
        ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> pid != postmaster && worksIn(pid, cluster))
                .forEach(all::add);
        return all;
    }

    private static boolean worksIn(long pid, Path folder) {
        try {
            return Files.isSameFile(Path.of("/proc", Long.toString(pid), "cwd"), folder);
        } catch (IOException e) {
            // it has ended, or is not ours
            return false;
        }
    }

    private static void signal(String name, List<Long> pids) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        new ProcessBuilder(command).start().waitFor();
    }

    /** Of the platform's JVM. */
    private static int threads() throws IOException {
        Path status = Path.of("/proc", Long.toString(platform.jvm().pid()), "status");
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("Threads:")) {
                return Integer.parseInt(line.substring("Threads:".length()).strip());
            }
        }
        throw new AssertionError("no threads in " + status);
    }

    private static void awaitReady() throws InterruptedException {
        await("ready", () -> readiness() == 200);
    }

    private static void await(String what, BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("in vain: " + what);
            }
            Thread.sleep(20);
        }
    }
}

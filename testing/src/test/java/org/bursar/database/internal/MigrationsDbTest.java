package org.bursar.database.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.bursar.database.DatabaseException;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Migrations that fail, hang and are killed. */
class MigrationsDbTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final MigrationFile FIRST = new MigrationFile("V001__first.sql", "create table half.first (a int)");
    private static final MigrationFile SECOND = new MigrationFile(
            "V002__second.sql", "create table half.second (a int); insert into half.second values (1)");

    /** Long enough to be killed in the middle, whatever the machine is doing. */
    private static final MigrationFile SLEEPS = new MigrationFile(
            "V002__second.sql",
            "create table half.second (a int); select pg_sleep(300); insert into half.second values (1)");

    private final TestDatabase postgres = TestDatabase.fresh();
    private final OpenConnections owner =
            new OpenConnections(postgres.address().jdbcUrl(), postgres.address().owner());
    private final Migrations migrations = node(owner);

    private Migrations node(OpenConnections connections) {
        return new Migrations(
                connections,
                postgres.address().owner().user(),
                postgres.address().application().user(),
                () -> false);
    }

    @AfterEach
    void close() {
        migrations.close();
        owner.close();
        postgres.close();
    }

    private String ask(String sql) {
        return postgres.queryAsOwner(sql);
    }

    private String applied() {
        return ask("select count(*) from half.flyway_history where success and version in ('001', '002')");
    }

    private boolean secondIsThere() {
        return ask("select to_regclass('half.second') is not null").equals("t");
    }

    @Test
    void aMigrationThatFailsLeavesNothingAndIsAppliedWhenTheCauseIsGone() {
        migrations.bringUpToDate("half", List.of(FIRST));
        postgres.executeAsOwner("create table half.second (a int)");

        Migrations.Upgrade upgrade = migrations.bringUpToDate("half", List.of(FIRST, SECOND));

        assertThatThrownBy(upgrade::require)
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        e -> assertThat(e.unavailable()).isTrue())
                .hasMessageContaining("\"second\" already exists");
        assertThat(migrations.problems()).singleElement().asString().contains("half", "already exists");
        assertThat(applied()).isEqualTo("1");

        postgres.executeAsOwner("drop table half.second");

        await(() -> migrations.problems().isEmpty());
        upgrade.require();
        assertThat(applied()).isEqualTo("2");
        assertThat(ask("select count(*) from half.second")).isEqualTo("1");
    }

    @Test
    void aMigrationAndItsRowInTheHistoryAreOneTransaction() {
        migrations.bringUpToDate("half", List.of(FIRST));
        postgres.executeAsOwner("""
                create function half.refuse() returns trigger language plpgsql as $$
                begin raise exception 'the history is full'; end $$""");
        postgres.executeAsOwner(
                "create trigger refuse before insert on half.flyway_history execute function half.refuse()");

        Migrations.Upgrade upgrade = migrations.bringUpToDate("half", List.of(FIRST, SECOND));

        assertThatThrownBy(upgrade::require).hasMessageContaining("the history is full");
        assertThat(secondIsThere()).isFalse();

        postgres.executeAsOwner("drop trigger refuse on half.flyway_history");
        await(() -> migrations.problems().isEmpty());
        assertThat(secondIsThere()).isTrue();
    }

    @Test
    void aPlatformKilledInTheMiddleOfAMigrationLeavesTheVersionBeforeAndTheNextStartResumes() {
        migrations.bringUpToDate("half", List.of(FIRST));
        OpenConnections killed = new OpenConnections(
                postgres.address().jdbcUrl(), postgres.address().owner());
        Migrations other = node(killed);
        CompletableFuture<Void> stuck =
                CompletableFuture.runAsync(() -> other.bringUpToDate("half", List.of(FIRST, SLEEPS)));
        await(() -> ask("select count(*) from pg_stat_activity where query like '%pg_sleep(300)%' and state = 'active'"
                        + " and pid <> pg_backend_pid()")
                .equals("1"));

        // what the kernel does for a process that is killed: its sockets are closed
        killed.close();
        stuck.join();
        other.close();

        Migrations.Upgrade upgrade = migrations.bringUpToDate("half", List.of(FIRST, SECOND));
        await(() -> migrations.problems().isEmpty());
        upgrade.require();
        assertThat(ask("select count(*) from half.second")).isEqualTo("1");
        assertThat(applied()).isEqualTo("2");
    }

    @Test
    void aBackendThatDiesInTheMiddleLeavesNothingAndTheMigrationIsTriedAgain() {
        migrations.bringUpToDate("half", List.of(FIRST));
        CompletableFuture<Migrations.Upgrade> running = CompletableFuture.supplyAsync(
                () -> migrations.bringUpToDate(
                        "half",
                        List.of(
                                FIRST,
                                new MigrationFile(
                                        "V002__second.sql",
                                        "create table half.second (a int); select pg_sleep(case when pg_backend_pid() ="
                                                + " (select a from half.first) then 0 else 300 end); insert into half.second values (1)"))));
        await(() -> running.isDone() || sleepers().equals("1"));

        ask("select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(case%'"
                + " and state = 'active' and pid <> pg_backend_pid()");

        assertThatThrownBy(running.join()::require).isInstanceOf(DatabaseException.class);
        assertThat(secondIsThere()).isFalse();
        await(() -> sleepers().equals("1"));
    }

    private String sleepers() {
        return ask("select count(*) from pg_stat_activity where query like '%pg_sleep(case%' and state = 'active'"
                + " and pid <> pg_backend_pid()");
    }

    @Test
    void nodesThatStartTogetherWaitForEachOther() {
        MigrationFile slow = new MigrationFile(
                "V001__first.sql",
                "create table half.first (a int); select pg_sleep(1); insert into half.first values (1)");
        OpenConnections theirs = new OpenConnections(
                postgres.address().jdbcUrl(), postgres.address().owner());
        Migrations other = node(theirs);
        CompletableFuture<Migrations.Upgrade> second =
                CompletableFuture.supplyAsync(() -> other.bringUpToDate("half", List.of(slow)));
        Migrations.Upgrade first = migrations.bringUpToDate("half", List.of(slow));

        first.require();
        second.join().require();
        assertThat(ask("select count(*) from half.first")).isEqualTo("1");
        other.close();
        theirs.close();
    }

    @Test
    void nodesThatFindAllUpToDateDoNotGetInEachOthersWay() {
        migrations.bringUpToDate("half", List.of(FIRST)).require();
        ExecutorService threads = Executors.newFixedThreadPool(4);

        List<CompletableFuture<Migrations.Upgrade>> starts = Stream.generate(() -> node(owner))
                .limit(80)
                .map(node -> CompletableFuture.supplyAsync(() -> node.bringUpToDate("half", List.of(FIRST)), threads))
                .toList();

        assertThat(starts).allSatisfy(start -> start.join().require());
        threads.shutdown();
    }

    private static void await(BooleanSupplier holds) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!holds.getAsBoolean()) {
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

package org.bursar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.bursar.database.DatabaseAddress;
import org.bursar.database.DatabaseAddress.Login;
import org.bursar.database.embedded.internal.PostgresException;
import org.bursar.database.embedded.internal.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerDbTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path data;

    @Test
    void theServerIsDurableAndSpeaksToTheLoopbackInterfaceOnly() throws IOException, SQLException {
        try (PostgresServer server = Servers.in(data)) {
            server.start();
            DatabaseAddress address = server.address();

            assertThat(show(address, "fsync")).isEqualTo("on");
            assertThat(show(address, "synchronous_commit")).isEqualTo("on");
            assertThat(show(address, "full_page_writes")).isEqualTo("on");
            assertThat(show(address, "data_checksums")).isEqualTo("on");
            assertThat(show(address, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(asSuperuser(server, "show unix_socket_directories")).isEmpty();
            assertThat(show(address, "server_version")).isEqualTo("18.6");
            assertThat(show(address, "log_timezone")).isEqualTo("UTC");
        }
    }

    @Test
    void lowerAndTrigramsKnowMoreThanAscii() throws SQLException {
        try (PostgresServer server = Servers.in(data)) {
            server.start();

            assertThat(ask(server.address(), "select lower('ÄÖÜ ÉÑ ΣΔ Ж')")).isEqualTo("äöü éñ σδ ж");
            assertThat(ask(server.address(), "select public.similarity('Müller', 'müller')"))
                    .isEqualTo("1");
            assertThat(ask(server.address(), "select array_length(public.show_trgm('жизнь'), 1)"))
                    .isEqualTo("6");
        }
    }

    @Test
    void noRoleOfThePlatformIsASuperuserOrSeesPastRowLevelSecurity() throws SQLException {
        try (PostgresServer server = Servers.in(data)) {
            server.start();

            assertThat(ask(server.address(), """
                            select string_agg(rolname, ',' order by rolname) from pg_catalog.pg_roles
                             where rolname like 'bursar%' and rolcanlogin and not rolsuper and not rolbypassrls
                               and not rolcreatedb and not rolcreaterole and not rolreplication""")).isEqualTo("bursar_app,bursar_owner");
            assertThat(ask(
                            server.address(),
                            "select pg_get_userbyid(datdba) from pg_database where datname = 'bursar'"))
                    .isEqualTo("bursar_owner");
        }
    }

    @Test
    void theApplicationMakesNothingInPublicAndReachesNoOtherDatabase() {
        try (PostgresServer server = Servers.in(data)) {
            server.start();
            DatabaseAddress address = server.address();

            assertThatThrownBy(() -> ask(address, "create table public.t (a int)"))
                    .hasMessageContaining("permission denied for schema public");
            for (String other : new String[] {"postgres", "template1"}) {
                assertThatThrownBy(
                                () -> connect(address.jdbcUrl().replace("/bursar", "/" + other), address.application()))
                        .hasMessageContaining("permission denied for database");
            }
        }
    }

    @Test
    void aWrongPasswordIsRefusedOnTheLoopbackInterfaceToo() {
        try (PostgresServer server = Servers.in(data)) {
            server.start();

            for (String role : new String[] {"postgres", "bursar_owner", "bursar_app"}) {
                assertThatThrownBy(() -> connect(server.address().jdbcUrl(), new Login(role, "guess")))
                        .hasMessageContaining("password authentication failed");
            }
        }
    }

    @Test
    void secretsAreForTheOwnerOfTheProcessAlone() throws IOException {
        try (PostgresServer server = Servers.in(data)) {
            server.start();

            assertThat(permissions(data.resolve("secrets"))).isEqualTo("rwx------");
            try (var files = Files.list(data.resolve("secrets"))) {
                assertThat(files.toList())
                        .hasSize(3)
                        .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
            }
            assertThat(data.resolve("postgresql/initdb-password")).doesNotExist();
        }
    }

    @Test
    void whatWasCommittedIsThereAfterTheNextStartAtTheSamePort() throws SQLException {
        String first;
        try (PostgresServer server = Servers.in(data)) {
            server.start();
            first = server.address().jdbcUrl();
            asOwner(server.address(), "create schema s; create table s.t (a int); insert into s.t values (7)");
        }
        try (PostgresServer server = Servers.in(data)) {
            server.start();

            assertThat(server.address().jdbcUrl()).isEqualTo(first);
            assertThat(asOwner(server.address(), "select a from s.t")).isEqualTo("7");
        }
    }

    @Test
    void aClusterThatWasLeftHalfMadeIsMadeAnew() throws IOException, SQLException {
        Path unfinished = Files.createDirectories(data.resolve("postgresql/data.unfinished/base"));
        Files.writeString(unfinished.resolve("half"), "a file");
        try (PostgresServer server = Servers.in(data)) {
            server.start();

            assertThat(data.resolve("postgresql/data.unfinished")).doesNotExist();
            assertThat(ask(server.address(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void rolesAndExtensionsThatAreMissingComeBackAtTheNextStart() throws IOException, SQLException {
        try (PostgresServer server = Servers.in(data)) {
            server.start();
            asSuperuser(server, "drop extension btree_gin");
            asSuperuser(server, "drop owned by bursar_app");
            asSuperuser(server, "drop role bursar_app");
        }
        try (PostgresServer server = Servers.in(data)) {
            server.start();

            assertThat(ask(
                            server.address(),
                            "select count(*) from pg_extension where extname in ('pg_trgm', 'btree_gin')"))
                    .isEqualTo("2");
        }
    }

    @Test
    void aServerThatEndsByItselfIsStartedAgainAtTheSamePort() throws Exception {
        try (PostgresServer server = Servers.in(data)) {
            server.start();
            long before = postmaster();
            asOwner(server.address(), "create schema s; create table s.t (a int); insert into s.t values (7)");

            ProcessHandle.of(before).orElseThrow().destroyForcibly();

            await(() -> postmaster() != before && server.problem().isEmpty());
            assertThat(asOwner(server.address(), "select a from s.t")).isEqualTo("7");
        }
    }

    @Test
    void aServerThatOutlivedItsPlatformIsReplaced() throws Exception {
        Process platform = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Platform.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = platform.inputReader()) {
            assertThat(out.lines().anyMatch("started"::equals)).isTrue();
        }
        long orphan = postmaster();
        platform.destroyForcibly().waitFor();
        assertThat(runs(orphan)).isTrue();

        try (PostgresServer server = Servers.in(data)) {
            server.start();

            assertThat(postmaster()).isNotEqualTo(orphan);
            assertThat(ask(server.address(), "select 1")).isEqualTo("1");
        }
        assertThat(runs(orphan)).isFalse();
    }

    @Test
    void theNumberOfAStrangersProcessIsLeftAlone() throws Exception {
        try (PostgresServer server = Servers.in(data)) {
            server.start();
        }
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try (PostgresServer server = Servers.in(data)) {
            Path cluster = data.resolve("postgresql/data");
            Files.writeString(
                    cluster.resolve("postmaster.pid"),
                    stranger.pid() + "\n" + cluster + "\n1\n1\n\n127.0.0.1\n   1         1\nready   \n");

            // PostgreSQL itself declines to run while that number lives; the stranger must survive either way
            try {
                server.start();
            } catch (PostgresException e) {
                assertThat(e).hasMessageContaining("postmaster.pid");
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aSecondServerOnTheSameFolderIsRefusedAndTheFirstGoesOn() throws SQLException {
        try (PostgresServer first = Servers.in(data);
                PostgresServer second = Servers.in(data)) {
            first.start();

            assertThatThrownBy(second::start).hasMessageContaining("is in use by another running platform");
            second.close();
            assertThat(ask(first.address(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void nothingIsLeftRunningAfterClose() throws IOException {
        long running;
        try (PostgresServer server = Servers.in(data)) {
            server.start();
            running = postmaster();
        }
        assertThat(runs(running)).isFalse();
        assertThat(data.resolve("postgresql/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void closingWhileItIsStartingLeavesNothingRunning() throws Exception {
        for (int afterMillis : new int[] {50, 900, 1_300}) {
            try (PostgresServer server = Servers.in(data)) {
                Thread starter = new Thread(() -> {
                    try {
                        server.start();
                    } catch (PostgresException e) {
                        // told to stop
                    }
                });
                starter.start();
                Thread.sleep(afterMillis);
                server.close();
                starter.join();
            }
            assertThat(data.resolve("postgresql/data/postmaster.pid")).doesNotExist();
        }
        try (PostgresServer server = Servers.in(data)) {
            server.start();

            assertThat(ask(server.address(), "select 1")).isEqualTo("1");
        }
    }

    /** Another JVM, which can be killed. */
    static final class Platform {
        public static void main(String[] arguments) {
            Servers.in(Path.of(arguments[0])).start();
            System.out.println("started");
            System.out.close();
            LockSupport.park();
        }
    }

    private long postmaster() throws IOException {
        return Files.readAllLines(data.resolve("postgresql/data/postmaster.pid")).stream()
                .findFirst()
                .map(line -> Long.parseLong(line.trim()))
                // PostgreSQL makes the file before it writes it
                .orElseThrow(() -> new IOException("nothing written yet"));
    }

    /** A process that ended but whose parent has not asked for its status has no command line any more. */
    private static boolean runs(long pid) throws IOException {
        Path commandLine = Path.of("/proc", Long.toString(pid), "cmdline");
        return Files.exists(commandLine) && Files.readAllBytes(commandLine).length > 0;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException e) {
                // the file is absent between two servers
            }
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(20);
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String show(DatabaseAddress address, String setting) throws SQLException {
        return ask(address, "show " + setting);
    }

    private static String ask(DatabaseAddress address, String sql) throws SQLException {
        return run(address.jdbcUrl(), address.application(), sql);
    }

    private static String asOwner(DatabaseAddress address, String sql) throws SQLException {
        return run(address.jdbcUrl(), address.owner(), sql);
    }

    private String asSuperuser(PostgresServer server, String sql) throws SQLException, IOException {
        String password =
                Files.readString(data.resolve("secrets/database-postgres")).trim();
        return run(server.address().jdbcUrl(), new Login("postgres", password), sql);
    }

    private static String run(String url, Login login, String sql) throws SQLException {
        try (Connection connection = connect(url, login);
                Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    rows.next();
                    return rows.getString(1);
                }
            }
            return "";
        }
    }

    private static Connection connect(String url, Login login) throws SQLException {
        return DriverManager.getConnection(url, login.user(), login.password());
    }
}

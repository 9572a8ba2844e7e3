package org.bursar.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.database.DatabaseAddress;
import org.bursar.database.DatabaseAddress.Login;
import org.bursar.database.embedded.internal.PostgresException;
import org.bursar.database.embedded.internal.PostgresServer;
import org.bursar.database.embedded.internal.PostgresSettings;
import org.jspecify.annotations.Nullable;

/**
 * The platform's own embedded server, one for each JVM: started by the first test that asks, stopped when the JVM ends. It
 * is the real one with its real roles and rights; only {@code fsync} is off, since no test cuts the machine's power.
 */
public final class TestPostgres {
    private static final int MOST_AT_ONCE = 8;
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final List<String> OPTIONS = List.of("fsync=off", "max_connections=200", "log_statement=none");

    private static @Nullable PostgresServer server;

    private TestPostgres() {}

    /** An empty database with both roles and the extensions, which no other test sees. */
    public static DatabaseAddress freshDatabase() {
        return server().ensureDatabase("t_" + ProcessHandle.current().pid() + "_" + System.nanoTime() + "_"
                + COUNTER.incrementAndGet());
    }

    /** A connection as the owner of the schemas: for what the application's role may not do. */
    public static Connection connectAsOwner(DatabaseAddress address) {
        return connect(address, address.owner());
    }

    /** A connection as the role that the platform works with. */
    public static Connection connectAsApplication(DatabaseAddress address) {
        return connect(address, address.application());
    }

    private static Connection connect(DatabaseAddress address, Login login) {
        try {
            return DriverManager.getConnection(address.jdbcUrl(), login.user(), login.password());
        } catch (SQLException e) {
            throw new IllegalStateException("cannot connect to " + address.jdbcUrl() + " as " + login, e);
        }
    }

    private static synchronized PostgresServer server() {
        PostgresServer running = server;
        if (running == null) {
            running = startInFreeFolder();
            server = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "test-postgres-stop"));
        }
        return running;
    }

    /** The cluster of an earlier run is used again, unless another JVM is using it right now. */
    private static PostgresServer startInFreeFolder() {
        Path target = Path.of("target").toAbsolutePath();
        Path temporary =
                Path.of(System.getProperty("java.io.tmpdir"), "bursar-test-" + System.getProperty("user.name"));
        Path parent = Files.isDirectory(target) ? target : temporary;
        for (int number = 1; ; number++) {
            Path folder = parent.resolve("test-postgres-" + number);
            PostgresServer starting = new PostgresServer(
                    new PostgresSettings(folder, temporary.resolve("binaries"), folder.resolve("secrets"), 0, OPTIONS));
            try {
                starting.start();
                starting.dropDatabasesStartingWith("t_");
                return starting;
            } catch (PostgresException e) {
                if (number == MOST_AT_ONCE) {
                    throw e;
                }
            }
        }
    }
}

package org.bursar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.bursar.database.Database;
import org.bursar.database.DatabaseAddress;
import org.bursar.database.JdbcSource;
import org.bursar.database.Secrets;
import org.bursar.database.internal.FileSecrets;
import org.bursar.database.internal.PooledDatabase;

/**
 * The real database service over an empty database of its own. Close it when the test class ends, so that its pool does
 * not keep connections.
 */
public final class TestDatabase implements AutoCloseable {
    private static final int POOL_SIZE = 8;
    private static final long POOL_WAIT_MILLIS = 5_000;

    private final DatabaseAddress address;
    private final PooledDatabase database;
    private final Secrets secrets;

    private TestDatabase(DatabaseAddress address) {
        this.address = address;
        this.database = new PooledDatabase(address, POOL_SIZE, POOL_WAIT_MILLIS);
        this.secrets = new FileSecrets(FileSecrets.made(folder("secrets").resolve("key")));
    }

    public static TestDatabase fresh() {
        return new TestDatabase(TestPostgres.freshDatabase());
    }

    /** An empty folder under the module's build folder. */
    public static Path folder(String name) {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "folders")), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The service, as the application's role and under row-level security. */
    public Database database() {
        return database;
    }

    /** The same service's plain connections, outside any tenant. */
    public JdbcSource jdbc() {
        return database;
    }

    /** Encryption under a key of this test's own. */
    public Secrets secrets() {
        return secrets;
    }

    public DatabaseAddress address() {
        return address;
    }

    /** Runs a statement as the owner of the schemas, outside any tenant; {@code force row level security} holds it too. */
    public void executeAsOwner(String sql) {
        try (Connection connection = TestPostgres.connectAsOwner(address);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of the first row as text, or the text {@code null} when it is null; fails when there is no row. */
    public String queryAsOwner(String sql) {
        try (Connection connection = TestPostgres.connectAsOwner(address);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new IllegalStateException("no row: " + sql);
            }
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}

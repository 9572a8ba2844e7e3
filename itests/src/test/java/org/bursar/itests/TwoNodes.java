package org.bursar.itests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.bursar.database.DatabaseAddress;
import org.bursar.testing.TestPostgres;

/** Two runs of the distribution on one PostgreSQL that is neither's own, with one key. */
final class TwoNodes implements AutoCloseable {
    private final DatabaseAddress address = TestPostgres.freshDatabase();
    private final List<Platform> all = new ArrayList<>();
    final Platform a;
    final Platform b;

    TwoNodes() throws Exception {
        a = Platform.withAdmin("two nodes");
        a.with("BURSAR_DATABASE_URL", address.jdbcUrl())
                .with("BURSAR_DATABASE_USER", address.owner().user())
                .with("BURSAR_DATABASE_PASSWORD", address.owner().password())
                .with("BURSAR_DATABASE_APP_USER", address.application().user())
                .with("BURSAR_DATABASE_APP_PASSWORD", address.application().password())
                .with("BURSAR_KEY_FILE", key("key").toString())
                .with("JAVA_OPTS", "-XX:+UseSerialGC -Xms96m -Xmx384m");
        b = a.beside("second");
        all.add(a);
        all.add(b);
    }

    /** A new key in a file beside the data folders. */
    Path key(String name) throws Exception {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Files.writeString(
                a.data().resolveSibling(name), Base64.getEncoder().encodeToString(key));
    }

    /** One more node, which the test starts. */
    Platform another(String name) {
        Platform node = a.beside(name);
        all.add(node);
        return node;
    }

    /** Starts both at the same moment. */
    void start() throws Exception {
        together(a::start, b::start);
    }

    /** Two answers to what is asked at the same instant. */
    record Two<T>(T first, T second) {}

    static <T> Two<T> together(Callable<T> first, Callable<T> second) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        CompletableFuture<T> other = CompletableFuture.supplyAsync(() -> after(barrier, second));
        T mine = after(barrier, first);
        return new Two<>(mine, other.get(Platform.PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private static <T> T after(CyclicBarrier barrier, Callable<T> call) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
            return call.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of a statement's rows, by the owner in a tenant, whom the policies hold like everybody. */
    List<String> query(String slug, String sql) throws SQLException {
        try (Connection connection = TestPostgres.connectAsOwner(address);
                Statement statement = connection.createStatement()) {
            statement.execute("select set_config('app.tenant', (select tenant_id::text from tenancy.directory"
                    + " where kind = 'SLUG' and name = '" + slug + "'), false)");
            List<String> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet results = statement.getResultSet();
                while (results.next()) {
                    rows.add(results.getString(1));
                }
            }
            return rows;
        }
    }

    @Override
    public void close() throws Exception {
        for (Platform node : all) {
            node.close();
        }
    }
}

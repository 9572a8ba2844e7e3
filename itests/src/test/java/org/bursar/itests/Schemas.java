package org.bursar.itests;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bursar.testing.TestDatabase;
import org.bursar.testing.TestPostgres;

/**
 * The whole database of the product without the product: every bundle's own migrations on an empty PostgreSQL with the roles of
 * production, and every bundle's mappers. What is built is taken, so a new bundle is in it without being named here.
 */
final class Schemas implements AutoCloseable {
    private static final String SQL = "/internal/sql/";

    private final TestDatabase database = TestDatabase.fresh();
    private final Map<String, List<Class<?>>> mappers = new TreeMap<>();
    private final URLClassLoader classes;

    private Schemas(Path bundles) throws IOException {
        List<Path> roots = new ArrayList<>();
        try (Stream<Path> modules = Files.list(bundles)) {
            modules.map(module -> module.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .forEach(roots::add);
        }
        List<URL> urls = new ArrayList<>();
        for (Path root : roots) {
            urls.add(url(root));
        }
        classes = new URLClassLoader(urls.toArray(URL[]::new), Schemas.class.getClassLoader());
        for (Path root : roots) {
            String bundle = root.getParent().getParent().getFileName().toString();
            List<Class<?>> found = mappers(root);
            if (!found.isEmpty()) {
                mappers.put(bundle, found);
                database.database().mapper(bundle.replace('-', '_'), found.get(0));
            }
        }
    }

    static Schemas migrated() throws IOException {
        return new Schemas(Path.of(System.getProperty("bursar.bundles", "../bundles")));
    }

    private static URL url(Path folder) throws MalformedURLException {
        return folder.toUri().toURL();
    }

    private List<Class<?>> mappers(Path root) throws IOException {
        List<Class<?>> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted().toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (name.contains(SQL) && name.endsWith("Mapper.class")) {
                    found.add(load(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.')));
                }
            }
        }
        return found;
    }

    private Class<?> load(String name) {
        try {
            return classes.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** The mappers of each bundle that has any. */
    Map<String, List<Class<?>>> mappers() {
        return mappers;
    }

    Connection owner() {
        return TestPostgres.connectAsOwner(database.address());
    }

    Connection application() {
        return TestPostgres.connectAsApplication(database.address());
    }

    /** Runs statements and gives the first column of the last one's rows. */
    static List<String> rows(Connection connection, String... statements) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                rows.clear();
                if (statement.execute(sql)) {
                    ResultSet results = statement.getResultSet();
                    while (results.next()) {
                        rows.add(results.getString(1));
                    }
                }
            }
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        database.close();
        classes.close();
    }
}

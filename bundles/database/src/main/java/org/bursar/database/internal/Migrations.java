package org.bursar.database.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.bursar.database.DatabaseException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings schemas up to date, as the role that owns them. A migration and its row in the history are one transaction, so one
 * that dies half-way leaves the version before it; nodes that start together wait for each other on an advisory lock. What
 * fails is tried again until it works, and until then the schema's mappers refuse. In SQL, {@code ${app}} is the
 * application's role.
 */
final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final String HISTORY = "flyway_history";
    private static final long RETRY_MILLIS = 2_000;

    /**
     * A statement that is planned once for all tenants is planned for the average one, and where thousands of small ones lie
     * beside a large one that has no rows to speak of: PostgreSQL then reads all of the tenant's rows and filters, instead of
     * going to a key. Told that there is one tenant it expects as many rows as the commonest has. It counts from the next analyze.
     */
    private static final String AS_FOR_THE_LARGEST_TENANT = """
            do $$
            declare
              tenants_table text;
            begin
              for tenants_table in
                select format('%%I.%%I', n.nspname, c.relname)
                  from pg_attribute a
                  join pg_class c on c.oid = a.attrelid
                  join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = '%s' and c.relkind in ('r', 'p') and a.attname = 'tenant_id' and not a.attisdropped
                   and a.attoptions is null
                 order by 1
              loop
                execute format('alter table %%s alter column tenant_id set (n_distinct = 1, n_distinct_inherited = 1)',
                  tenants_table);
              end loop;
            end
            $$""";

    private final DataSource owner;
    private final BooleanSupplier away;
    private final String ownerRole;
    private final String applicationRole;
    private final Map<String, Upgrade> upgrades = new ConcurrentHashMap<>();
    private final Object turn = new Object();
    private @Nullable Thread retrier;
    private boolean closed;

    /**
     * Migrates nothing yet.
     *
     * @param away whether PostgreSQL counts as away, so that nobody has to wait for it in vain
     */
    Migrations(DataSource owner, String ownerRole, String applicationRole, BooleanSupplier away) {
        this.owner = owner;
        this.away = away;
        this.ownerRole = ownerRole;
        this.applicationRole = applicationRole;
    }

    /**
     * Applies what is missing of the mapper's bundle; once for each version of a bundle. It does not fail: whoever uses the
     * schema asks the result whether it may, since a component that threw while it was starting would stay down when the cause
     * is long gone.
     */
    Upgrade bringUpToDate(String schema, Class<?> mapper) {
        return bringUpToDate(schema, MigrationFile.of(mapper));
    }

    /** The same with the migrations themselves. */
    Upgrade bringUpToDate(String schema, List<MigrationFile> files) {
        if (!schema.matches("[a-z][a-z_]*")) {
            throw new IllegalArgumentException("not a schema's name: " + schema);
        }
        Upgrade upgrade = upgrades.computeIfAbsent(schema + files.hashCode(), state -> new Upgrade(schema, files));
        if (!apply(upgrade)) {
            retryLater();
        }
        return upgrade;
    }

    /** What is not up to date and why, for people. */
    List<String> problems() {
        return upgrades.values().stream()
                .filter(upgrade -> !upgrade.done)
                .map(upgrade -> "the schema " + upgrade.schema + " is not up to date: "
                        + Objects.requireNonNullElse(upgrade.failure, "its migration is running"))
                .sorted()
                .toList();
    }

    void close() {
        Thread retrying;
        synchronized (upgrades) {
            closed = true;
            retrying = retrier;
        }
        if (retrying != null) {
            retrying.interrupt();
        }
    }

    private boolean apply(Upgrade upgrade) {
        synchronized (turn) {
            if (upgrade.done) {
                return true;
            }
            if (away.getAsBoolean()) {
                upgrade.failure = "the database is away";
                return false;
            }
            try {
                migrate(upgrade.schema, upgrade.files);
                upgrade.done = true;
                upgrade.failure = null;
                return true;
            } catch (DatabaseException | FlywayException e) {
                String failure = inShort(e);
                if (!failure.equals(upgrade.failure)) {
                    upgrade.failure = failure;
                    LOG.error("the schema {} is not up to date; trying again until it is", upgrade.schema, e);
                }
                return false;
            }
        }
    }

    /** Flyway's messages go over many lines; the innermost cause says what PostgreSQL said. */
    private static String inShort(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause.getMessage()).strip();
        // the first line says that something is wrong, and often only the second what
        String lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(2)
                .collect(Collectors.joining(" "));
        return lines.isEmpty() ? cause.getClass().getSimpleName() : lines;
    }

    private void retryLater() {
        synchronized (upgrades) {
            if (retrier == null && !closed) {
                Thread thread = new Thread(this::retryUntilAllAreDone, "database-migrations");
                thread.setDaemon(true);
                thread.start();
                retrier = thread;
            }
        }
    }

    private void retryUntilAllAreDone() {
        try {
            while (true) {
                Thread.sleep(RETRY_MILLIS);
                upgrades.values().forEach(this::apply);
                synchronized (upgrades) {
                    if (closed || upgrades.values().stream().allMatch(upgrade -> upgrade.done)) {
                        retrier = null;
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped before every schema was up to date");
        }
    }

    private void migrate(String schema, List<MigrationFile> files) {
        if (files.isEmpty()) {
            return;
        }
        MigrateResult result;
        try (Connection ourTurn = owner.getConnection()) {
            ourTurn.setAutoCommit(false);
            execute(
                    ourTurn,
                    // the turn is kept by a transaction that does nothing else, for as long as the migrations take
                    "set local idle_in_transaction_session_timeout = 0",
                    // two nodes that make a schema, or grant the same at the same moment, would be refused otherwise
                    "select pg_advisory_xact_lock(hashtext('migrations of ' || '" + schema + "'))");
            executeAtOnce(
                    "create schema if not exists " + schema,
                    "grant usage on schema " + schema + " to " + quoted(applicationRole),
                    "alter default privileges in schema " + schema
                            + " grant select, insert, update, delete on tables to " + quoted(applicationRole));
            result = flyway(schema, files).migrate();
            executeAtOnce(
                    "revoke all on " + schema + "." + HISTORY + " from " + quoted(applicationRole),
                    AS_FOR_THE_LARGEST_TENANT.formatted(schema));
        } catch (SQLException e) {
            throw PooledDatabase.translated(e);
        }
        if (result.migrationsExecuted > 0) {
            LOG.info(
                    "schema {}: {} migrations applied, now at {}",
                    schema,
                    result.migrationsExecuted,
                    result.targetSchemaVersion);
        }
    }

    private Flyway flyway(String schema, List<MigrationFile> files) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(owner)
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(false)
                .table(HISTORY)
                // a schema that a newer version has changed is not for this one, so nothing is ignored
                .ignoreMigrationPatterns(new String[0])
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations(new Location[0])
                .placeholders(Map.of("app", quoted(applicationRole), "owner", quoted(ownerRole)))
                .resourceProvider(new MigrationFiles(files))
                .load();
    }

    /** In a transaction of its own. */
    private void executeAtOnce(String... statements) throws SQLException {
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, statements);
            connection.commit();
        }
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String quoted(String role) {
        return '"' + role.replace("\"", "\"\"") + '"';
    }

    /** One schema and the migrations that one version of a bundle brings for it. */
    static final class Upgrade {
        private final String schema;
        private final List<MigrationFile> files;
        private volatile boolean done;
        private volatile @Nullable String failure;

        private Upgrade(String schema, List<MigrationFile> files) {
            this.schema = schema;
            this.files = files;
        }

        /** Refuses as long as the schema is not what the mapper was written for. */
        void require() {
            if (!done) {
                throw PooledDatabase.translated(Refusals.outdated(schema, failure));
            }
        }
    }
}

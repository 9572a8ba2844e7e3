package org.bursar.database.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a schema up to date, as the role that owns it. A migration runs in a transaction of its own, so one that dies
 * half-way leaves the version before it. In SQL, {@code ${app}} is the application's role.
 */
final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final String HISTORY = "flyway_history";

    private final DataSource owner;
    private final String ownerRole;
    private final String applicationRole;
    private final Set<String> done = new HashSet<>();

    Migrations(DataSource owner, String ownerRole, String applicationRole) {
        this.owner = owner;
        this.ownerRole = ownerRole;
        this.applicationRole = applicationRole;
    }

    /** Applies what is missing of the mapper's bundle; once for each version of a bundle. */
    synchronized void bringUpToDate(String schema, Class<?> mapper) {
        if (!schema.matches("[a-z][a-z_]*")) {
            throw new IllegalArgumentException("not a schema's name: " + schema);
        }
        List<MigrationFile> files = MigrationFile.of(mapper);
        String state = schema + files.hashCode();
        if (files.isEmpty() || done.contains(state)) {
            return;
        }
        execute(
                "create schema if not exists " + schema,
                "grant usage on schema " + schema + " to " + quoted(applicationRole),
                "alter default privileges in schema " + schema + " grant select, insert, update, delete on tables to "
                        + quoted(applicationRole));
        MigrateResult result = flyway(schema, files).migrate();
        execute("revoke all on " + schema + "." + HISTORY + " from " + quoted(applicationRole));
        done.add(state);
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

    private void execute(String... statements) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw PooledDatabase.translated(e);
        }
    }

    private static String quoted(String role) {
        return '"' + role.replace("\"", "\"\"") + '"';
    }
}

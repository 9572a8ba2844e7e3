package org.bursar.database.embedded.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The two roles, their database and its extensions. Every step looks before it acts, so that a first start which was cut
 * off anywhere is completed by the next.
 */
final class DatabaseRoles {
    static final String OWNER = "bursar_owner";
    static final String APPLICATION = "bursar_app";

    private DatabaseRoles() {}

    static void ensureRole(Connection superuser, String role, String password) throws SQLException {
        if (!exists(superuser, "select 1 from pg_catalog.pg_roles where rolname = ?", role)) {
            execute(superuser, "create role " + role);
        }
        execute(
                superuser,
                "alter role " + role
                        + " with login nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls");
        // the driver hashes it: the server's log and its statistics never see the password
        superuser.unwrap(PGConnection.class).alterUserPassword(role, password.toCharArray(), "scram-sha-256");
    }

    /** The name comes from this module, never from outside. */
    static void ensureDatabase(Connection superuser, String database) throws SQLException {
        if (!exists(superuser, "select 1 from pg_catalog.pg_database where datname = ?", database)) {
            execute(superuser, "create database " + database + " owner " + OWNER);
        }
        for (String statement : List.of(
                "revoke all on database postgres, template1, " + database + " from public",
                "grant connect, temporary on database " + database + " to " + OWNER + ", " + APPLICATION)) {
            execute(superuser, statement);
        }
    }

    static void ensureContents(Connection superuserInDatabase) throws SQLException {
        for (String statement : List.of(
                "create extension if not exists pg_trgm with schema public",
                "create extension if not exists btree_gin with schema public",
                "revoke create on schema public from public",
                "grant usage on schema public to " + OWNER + ", " + APPLICATION)) {
            execute(superuserInDatabase, statement);
        }
    }

    static void dropDatabases(Connection superuser, String prefix) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = superuser.prepareStatement(
                "select datname from pg_catalog.pg_database where starts_with(datname, ?)")) {
            statement.setString(1, prefix);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        for (String name : names) {
            execute(superuser, "drop database \"" + name.replace("\"", "\"\"") + "\" with (force)");
        }
    }

    private static boolean exists(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

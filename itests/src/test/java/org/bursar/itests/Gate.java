package org.bursar.itests;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BooleanSupplier;

/**
 * Holds a transaction that is under way: whoever changes the table waits at a gate, at the first statement or at the very end, when
 * nothing is left but the commit. The gate is a trigger that wants a lock which the test holds.
 */
final class Gate implements AutoCloseable {
    private static final long LOCK = 4_711;
    private static final long PATIENCE_MILLIS = 60_000;

    private final Platform platform;
    private final String table;
    private final Connection holder;

    private Gate(Platform platform, String table) throws SQLException {
        this.platform = platform;
        this.table = table;
        holder = platform.superuser();
    }

    /** Closes the way: at the transaction's end, or else before its first change of the table. */
    static Gate at(Platform platform, String table, boolean end) throws SQLException {
        Gate gate = new Gate(platform, table);
        platform.query("create schema if not exists crash_test");
        platform.query("""
                create or replace function crash_test.wait() returns trigger language plpgsql as $$
                begin
                  perform pg_advisory_xact_lock_shared(%d);
                  return null;
                end $$""".formatted(LOCK));
        platform.query(
                end
                        ? "create constraint trigger crash_test after insert or update or delete on " + table
                                + " deferrable initially deferred for each row execute function crash_test.wait()"
                        : "create trigger crash_test before insert or update or delete on " + table
                                + " for each statement execute function crash_test.wait()");
        gate.run("select pg_advisory_lock(" + LOCK + ")");
        return gate;
    }

    /** Waits until somebody stands before the gate. */
    void awaitSomebody(BooleanSupplier over) throws Exception {
        for (long millis = 0; millis < PATIENCE_MILLIS; millis += 10) {
            if (waiting() > 0) {
                return;
            }
            if (over.getAsBoolean()) {
                throw new AssertionError("the write was over without a change of " + table);
            }
            Thread.sleep(10);
        }
        throw new AssertionError("nobody changes " + table);
    }

    private int waiting() throws SQLException {
        return Integer.parseInt(platform.query("select count(*) from pg_stat_activity where wait_event = 'advisory'")
                .get(0));
    }

    /** Lets through who stands there; returns when that has ended, one way or the other. */
    void open() throws Exception {
        run("select pg_advisory_unlock(" + LOCK + ")");
        for (long millis = 0; millis < PATIENCE_MILLIS; millis += 10) {
            if (platform.query("select 1 from pg_locks where locktype = 'advisory' and classid = 0 and objid = " + LOCK)
                    .isEmpty()) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("the transaction does not end");
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = holder.createStatement()) {
            boolean rows = statement.execute(sql);
            if (rows) {
                try (ResultSet result = statement.getResultSet()) {
                    result.next();
                }
            }
        }
    }

    /** Takes the gate away; the server may be another one by now, on the same data. */
    @Override
    public void close() throws SQLException {
        try {
            holder.close();
        } finally {
            platform.query("drop trigger if exists crash_test on " + table);
        }
    }
}

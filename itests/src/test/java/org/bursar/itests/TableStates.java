package org.bursar.itests;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What lies in every table of the platform: rows and a hash of them, of one tenant or of all. */
final class TableStates {
    /** Tables that change without anybody's writing, or by a refused attempt, as they should. */
    private static final Set<String> RESTLESS = Set.of(
            "jobs.scheduled_tasks", // when each job runs next
            "customers.access_change", // what nodes tell each other of what they remember
            "credits.seal", // made from entries a little later
            "credits.seal_key", // made with the first seal
            "credits.seal_part", // likewise, and the next two
            "credits.sealed_wallet",
            "credits.sealing",
            "identity.audit_chain", // made from entries a little later
            "identity.audit_unchained", // emptied by that
            "identity.sign_in_throttle", // counts failed attempts
            "chat_history.reading", // who has read in which hour
            "purchases.top_up", // whether the balance is low
            "mail.message", // what the sender does with it
            "webhooks.delivery", // likewise, and what the address answers
            "webhooks.endpoint",
            "webhooks.event", // balances are told of a little later
            "purchases.gateway_health", // asked by a job, and the next too
            "purchases.gateway_health_day",
            "purchases.change_feed", // how far a job has read
            "credits.balance_news", // likewise
            "credits.told_wallet",
            "credits.low_balance"); // when somebody was told

    /** Columns that say when somebody was last seen. */
    private static final String RESTLESS_COLUMNS =
            " - 'last_seen_at' - 'last_used_at' - 'seen_at' - 'expires_at' - 'idle_at'";

    private final Map<String, String> tables = new TreeMap<>();

    private TableStates() {}

    static TableStates of(Platform platform) throws SQLException {
        return of(platform, null);
    }

    /** What belongs to one tenant. */
    static TableStates of(Platform platform, String tenantSlug) throws SQLException {
        TableStates print = new TableStates();
        try (Connection connection = platform.superuser();
                Statement statement = connection.createStatement()) {
            String where = tenantSlug == null
                    ? ""
                    : " where tenant_id = (select tenant_id from tenancy.directory where kind = 'SLUG' and name = '"
                            + tenantSlug + "')";
            for (String table : tables(statement, tenantSlug != null)) {
                print.tables.put(table, row(statement, """
                        select count(*) || ' ' || coalesce(md5(string_agg(h, '' order by h)), '')
                          from (select md5((to_jsonb(t) %s)::text) h from %s t %s) rows""".formatted(RESTLESS_COLUMNS, table, where)));
            }
        }
        return print;
    }

    private static String row(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static List<String> tables(Statement statement, boolean ofTenants) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet result = statement.executeQuery("""
                select n.nspname || '.' || c.relname, exists (select 1 from pg_attribute a
                         where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
                  from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r', 'p') and not c.relispartition
                   and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'public')
                 order by 1""")) {
            while (result.next()) {
                if (!RESTLESS.contains(result.getString(1)) && (result.getBoolean(2) || !ofTenants)) {
                    tables.add(result.getString(1));
                }
            }
        }
        return tables;
    }

    /** The tables that are not as they were. */
    List<String> changedSince(TableStates before) {
        List<String> changed = new ArrayList<>();
        tables.forEach((table, now) -> {
            String then = before.tables.get(table);
            if (!now.equals(then)) {
                changed.add(table + ": " + then + " is now " + now);
            }
        });
        return changed;
    }
}

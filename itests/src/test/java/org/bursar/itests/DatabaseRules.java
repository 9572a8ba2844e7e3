package org.bursar.itests;

import static org.junit.Assert.assertEquals;

import java.util.List;

/** What holds for every table, view and key of the running platform. */
final class DatabaseRules {
    private static final String OURS = " n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'public') ";

    /** Without a tenant, and so with neither personal data nor money; histories of migrations are not for the application at all. */
    private static final List<String> WITHOUT_TENANT =
            List.of("jobs.change", "jobs.scheduled_tasks", "tenancy.directory");

    private DatabaseRules() {}

    /** Runs a statement and gives the first column. */
    interface Query {
        List<String> rows(String... statements) throws Exception;
    }

    static void check(Query owner) throws Exception {
        List<String> open = owner.rows("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r', 'p') and %s and not (c.relrowsecurity and c.relforcerowsecurity)
                   and has_table_privilege('bursar_app', c.oid, 'select, insert, update, delete')
                 order by 1""".formatted(OURS));
        open.removeAll(WITHOUT_TENANT);
        assertEquals(List.of(), open);
        assertEquals(List.of(), owner.rows("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('v', 'm') and %s
                   and not coalesce('security_invoker=true' = any (c.reloptions), false)
                 order by 1""".formatted(OURS)));
        assertEquals(List.of(), owner.rows("""
                select n.nspname || '.' || i.relname from pg_index x join pg_class i on i.oid = x.indexrelid
                  join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
                 where x.indisunique and c.relrowsecurity and %s
                   and not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id'
                                     and a.attnum = any (x.indkey::int2[]))
                 order by 1""".formatted(OURS)));
        assertEquals(List.of(), owner.rows("""
                select n.nspname || '.' || c.relname || '.' || a.attname from pg_attrdef d
                  join pg_class c on c.oid = d.adrelid join pg_namespace n on n.oid = c.relnamespace
                  join pg_attribute a on a.attrelid = c.oid and a.attnum = d.adnum
                 where %s and c.relname <> 'flyway_history'
                   and pg_get_expr(d.adbin, d.adrelid) ~* 'now\\(|current_|clock_timestamp|nextval'
                 order by 1""".formatted(OURS)));
    }
}

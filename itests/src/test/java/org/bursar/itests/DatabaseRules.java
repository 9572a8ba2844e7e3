package org.bursar.itests;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What holds for every table, view and key of the running platform. */
final class DatabaseRules {
    private static final String OURS = " n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'public') ";

    /** The tables outside forced row-level security: all there are, each with its reason. */
    private static final Map<String, String> WITHOUT_TENANT = Map.of(
            "customers.access_change",
                    "whose access changed, which every node hears for all tenants at once; ids alone, kept for minutes",
            "jobs.scheduled_tasks", "when each job runs next; a job names no tenant",
            "tenancy.directory",
                    "which slug, host and id lead to which tenant, asked before there is a tenant; nothing else is in it");

    /** What a bundle's migrations were, in each schema: not for the application at all. */
    private static final String HISTORY = "flyway_history";

    /** Policies that hold nobody to a tenant: all there are, each with its reason. */
    private static final Map<String, String> OPEN_POLICIES = Map.of(
            "customers.customer search bursar_owner",
            "the function customers.matching searches as the owner, because LIKE uses no index under row-level security");

    /** Functions that run as the owner whoever calls them: all there are, each with its reason. */
    private static final Map<String, String> AS_OWNER = Map.of(
            "customers.matching",
                    "searches by trigrams; takes tenant and customers from the transaction, and its rows are read again",
            "metering.make_partition",
                    "makes a day's partition of two tables, with row-level security; the application owns nothing",
            "metering.drop_seen_before", "drops the keys of days that are too old to matter");

    private DatabaseRules() {}

    /** Runs a statement and gives the first column. */
    interface Query {
        List<String> rows(String... statements) throws Exception;
    }

    static void check(Query owner) throws Exception {
        assertEquals(List.copyOf(new TreeSet<>(WITHOUT_TENANT.keySet())), owner.rows("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r', 'p', 'f') and %s and c.relname <> '%s'
                   and not (c.relrowsecurity and c.relforcerowsecurity
                     and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id'
                                   and a.attnotnull and not a.attisdropped))
                 order by 1""".formatted(OURS, HISTORY)));
        assertEquals(List.of(), owner.rows("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relname = '%s'
                   and has_table_privilege('bursar_app', c.oid, 'select, insert, update, delete, truncate')
                 order by 1""".formatted(HISTORY)));
        policies(owner);
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

    /** Every policy asks for the tenant of the transaction, and where there is a customer, for those of the transaction. */
    private static void policies(Query owner) throws Exception {
        assertEquals(List.copyOf(new TreeSet<>(OPEN_POLICIES.keySet())), owner.rows("""
                select n.nspname || '.' || c.relname || ' ' || p.polname || ' '
                         || coalesce((select string_agg(r.rolname, ',') from pg_roles r where r.oid = any (p.polroles)), 'public')
                  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
                 where p.polpermissive and (p.polqual is null or p.polwithcheck is not null
                       or pg_get_expr(p.polqual, p.polrelid) not like '%(tenant_id = (NULLIF(current_setting(''app.tenant''%')
                 order by 1"""));
        assertEquals(List.of(), owner.rows("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r', 'p') and %s and c.relrowsecurity
                   and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped)
                   and not exists (select 1 from pg_policy p where p.polrelid = c.oid
                                     and pg_get_expr(p.polqual, p.polrelid) like '%%app.customers%%')
                 order by 1""".formatted(OURS)));
        assertEquals(List.copyOf(new TreeSet<>(AS_OWNER.keySet())), owner.rows("""
                select n.nspname || '.' || f.proname from pg_proc f join pg_namespace n on n.oid = f.pronamespace
                 where f.prosecdef and %s order by 1""".formatted(OURS)));
        assertEquals(List.of(), owner.rows("""
                select rolname from pg_roles
                 where rolname in ('bursar_app', 'bursar_owner') and (rolsuper or rolbypassrls or rolcreaterole)"""));
    }
}

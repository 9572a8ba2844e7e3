package org.bursar.itests;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What holds for every table, view and key of the running platform. */
final class DatabaseRules {
    /** Schemas of ours: a condition on pg_namespace n. */
    static final String OURS = " n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'public') ";

    /** The tables outside forced row-level security: all there are, each with its reason. */
    static final Map<String, String> WITHOUT_TENANT = Map.of(
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
            "metering.drop_seen_before", "drops the keys of days that are too old to matter",
            "metering.drop_events_before", "drops the events of days whose retention is over; sums and ledger stay",
            "metering.delete_events_before",
                    "the same of one tenant, in the partition of days without one of their own");

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
        distributed(owner);
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

    /** What a distributed PostgreSQL asks besides: Flyway's own tables and those without a tenant stay on one node. */
    private static void distributed(Query owner) throws Exception {
        assertEquals(List.copyOf(new TreeSet<>(WITHOUT_TENANT.keySet())), owner.rows("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r', 'p') and %s and c.relname <> '%s'
                   and not exists (select 1 from pg_index x join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
                                    where x.indrelid = c.oid and x.indisunique and x.indpred is null
                                      and a.attnum = any (x.indkey::int2[]))
                 order by 1""".formatted(OURS, HISTORY)));
        assertEquals("triggers", List.of(), owner.rows("""
                select n.nspname || '.' || c.relname || ' ' || t.tgname from pg_trigger t
                  join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
                 where not t.tgisinternal and %s order by 1""".formatted(OURS)));
        assertEquals("sequences", List.of(), owner.rows("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind = 'S' and %s order by 1""".formatted(OURS)));
        assertEquals("foreign keys that leave their schema", List.of(), owner.rows("""
                select n.nspname || '.' || c.relname || ' ' || f.conname from pg_constraint f
                  join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
                  join pg_class r on r.oid = f.confrelid
                 where f.contype = 'f' and r.relnamespace <> c.relnamespace and %s order by 1""".formatted(OURS)));
        assertEquals("foreign keys without the tenant on both sides", List.of(), owner.rows("""
                select n.nspname || '.' || c.relname || ' ' || f.conname from pg_constraint f
                  join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
                 where f.contype = 'f' and %s
                   and not exists (
                     select 1 from generate_subscripts(f.conkey, 1) place
                       join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[place]
                       join pg_attribute b on b.attrelid = f.confrelid and b.attnum = f.confkey[place]
                      where a.attname = 'tenant_id' and b.attname = 'tenant_id')
                 order by 1""".formatted(OURS)));
        assertEquals("foreign keys that would take the tenant away", List.of(), owner.rows("""
                select n.nspname || '.' || c.relname || ' ' || f.conname from pg_constraint f
                  join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
                  join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
                 where f.contype = 'f' and %s
                   and (f.confupdtype in ('n', 'd')
                     or f.confdeltype in ('n', 'd') and a.attnum = any (coalesce(f.confdelsetcols, f.conkey)))
                 order by 1""".formatted(OURS)));
    }
}

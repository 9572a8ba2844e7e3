package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** What every bundle's migrations make keeps the rules of the database, and each rule is seen when it is broken. */
public final class CatalogueDbTest {
    private static final String TABLE =
            "create table plans.odd (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id));"
                    + " alter table plans.odd enable row level security; alter table plans.odd force row level security;"
                    + " create policy tenant on plans.odd using"
                    + " (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);";

    /** Each breaks one rule, and the complaint names what broke it. */
    private static final Map<String, String> BREAKS = Map.ofEntries(
            Map.entry(TABLE + "alter table plans.odd drop constraint odd_pkey", "plans.odd"),
            Map.entry(TABLE + "create unique index odd_id on plans.odd (id)", "plans.odd_id"),
            Map.entry(
                    TABLE + "alter table plans.odd drop constraint odd_pkey;"
                            + " create unique index odd_some on plans.odd (tenant_id) where id is not null",
                    "plans.odd"),
            Map.entry(TABLE + "alter table plans.odd no force row level security", "plans.odd"),
            Map.entry(TABLE + "alter table plans.odd disable row level security", "plans.odd"),
            Map.entry(
                    TABLE + "drop policy tenant on plans.odd; create policy tenant on plans.odd using (true)",
                    "plans.odd"),
            Map.entry(TABLE + "alter table plans.odd add column customer_id uuid", "plans.odd"),
            Map.entry(
                    TABLE + "alter table plans.odd drop constraint odd_pkey, add unique (tenant_id, id);"
                            + " alter table plans.odd alter column tenant_id drop not null",
                    "plans.odd"),
            Map.entry("create table plans.odd (id uuid primary key)", "plans.odd"),
            Map.entry("create view plans.odd as select tenant_id from plans.plan", "plans.odd"),
            Map.entry("create materialized view plans.odd as select 1 as one", "plans.odd"),
            Map.entry("create sequence plans.odd", "plans.odd"),
            Map.entry(TABLE + "alter table plans.odd add column n bigserial", "plans.odd_n_seq"),
            Map.entry(
                    TABLE + "alter table plans.odd add column n bigint generated always as identity",
                    "plans.odd_n_seq"),
            Map.entry(TABLE + "alter table plans.odd add column at timestamptz default now()", "plans.odd.at"),
            Map.entry(
                    "create function plans.odd() returns trigger language plpgsql as 'begin return new; end';"
                            + " create trigger odd_trigger before insert on plans.plan for each row execute function plans.odd()",
                    "plans.plan odd_trigger"),
            Map.entry(
                    TABLE + "alter table plans.odd add constraint odd_customer foreign key (tenant_id, id)"
                            + " references customers.customer (tenant_id, customer_id)",
                    "plans.odd odd_customer"),
            Map.entry(
                    TABLE
                            + "alter table plans.odd add unique (id, tenant_id), add constraint odd_other"
                            + " foreign key (tenant_id, id) references plans.odd (id, tenant_id)",
                    "plans.odd odd_other"),
            Map.entry(
                    TABLE + "alter table plans.odd add constraint odd_plan foreign key (tenant_id, id)"
                            + " references plans.plan (tenant_id, plan_id) on delete set null",
                    "plans.odd odd_plan"),
            Map.entry(
                    "create function plans.odd() returns int language sql security definer as 'select 1'",
                    "plans.odd"));

    private static Schemas schemas;
    private static Connection owner;

    @BeforeClass
    public static void migrate() throws Exception {
        schemas = Schemas.migrated();
        owner = schemas.owner();
        owner.setAutoCommit(false);
    }

    @AfterClass
    public static void close() throws Exception {
        if (owner != null) {
            owner.close();
        }
        if (schemas != null) {
            schemas.close();
        }
    }

    @Test
    public void allTablesAreThere() throws Exception {
        List<String> tables = Schemas.rows(owner, """
                select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r', 'p') and %s""".formatted(DatabaseRules.OURS));
        assertTrue("only " + tables, tables.size() >= 60);
    }

    @Test
    public void everyRuleIsKept() throws Exception {
        DatabaseRules.check(statements -> Schemas.rows(owner, statements));
    }

    @Test
    public void everyRuleIsSeenWhenItIsBroken() throws Exception {
        List<String> unseen = new ArrayList<>();
        for (Map.Entry<String, String> each : BREAKS.entrySet()) {
            try {
                Schemas.rows(owner, each.getKey());
                DatabaseRules.check(statements -> Schemas.rows(owner, statements));
                unseen.add(each.getKey());
            } catch (AssertionError complaint) {
                if (!complaint.getMessage().contains(each.getValue())) {
                    unseen.add(each.getKey() + " but " + complaint.getMessage());
                }
            } finally {
                owner.rollback();
            }
        }
        assertEquals(List.of(), unseen);
    }

    /** Whoever plans for all tenants at once plans for the largest: see what migrations say of the column. */
    @Test
    public void everyTenantsColumnIsPlannedForTheLargest() throws Exception {
        assertEquals(List.of(), Schemas.rows(owner, """
                select c.oid::regclass from pg_attribute a join pg_class c on c.oid = a.attrelid
                  join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r', 'p') and a.attname = 'tenant_id' and not a.attisdropped and %s
                   and not coalesce('n_distinct=1' = any (a.attoptions), false)
                 order by 1""".formatted(DatabaseRules.OURS)));
    }
}

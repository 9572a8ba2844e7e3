package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.bursar.itests.DatabaseRules.Query;

/**
 * What the database gives to statements that forget the tenant: on every table and view, under every tenant's scope, another's rows
 * are neither seen nor changed. It is asked as the role that the application has.
 */
final class TenantPredicates {
    private static final String RELATIONS = """
            select format('%I.%I', n.nspname, c.relname) || case when c.relkind <> 'v' and has_table_privilege(c.oid, 'update')
                     then ' written' else ' read' end
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'public')
               and (c.relkind in ('r', 'p') and c.relrowsecurity or c.relkind = 'v')
               and has_table_privilege(c.oid, 'select')
               and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
             order by 1""";
    private static final int FEWEST_RELATIONS = 30;
    private static final int FEWEST_ROWS = 40;

    private TenantPredicates() {}

    static void check(Query application) throws Exception {
        List<String> tenants = application.rows("select distinct tenant_id::text from tenancy.directory order by 1");
        assertTrue("only " + tenants, tenants.size() >= 2);
        List<String> relations = application.rows(RELATIONS);
        assertTrue("only " + relations, relations.size() >= FEWEST_RELATIONS);
        List<String> leaks = new ArrayList<>();
        long tried = 0;
        long own = 0;
        for (String tenant : tenants) {
            String scope = "set app.tenant = '" + tenant + "'";
            for (String relation : relations) {
                String name = relation.substring(0, relation.indexOf(' '));
                String others = " where tenant_id is distinct from '" + tenant + "'";
                // a control: in its own scope the tenant does have rows, so that nothing is not everything's answer
                own += Long.parseLong(
                        application.rows(scope, "select count(*) from " + name).get(0));
                tried++;
                if (!application
                        .rows(scope, "select 1 from " + name + others + " limit 1")
                        .isEmpty()) {
                    leaks.add("select " + name);
                }
                if (relation.endsWith(" written")) {
                    tried++;
                    if (!application
                            .rows(
                                    scope,
                                    "begin",
                                    "update " + name + " set tenant_id = tenant_id" + others + " returning 1")
                            .isEmpty()) {
                        leaks.add("update " + name);
                    }
                }
            }
        }
        Scorecard.add(Figure.TENANT_PREDICATES, tried, leaks.size());
        assertEquals(List.of(), leaks);
        assertTrue("only " + own + " rows at all", own >= FEWEST_ROWS);
    }
}

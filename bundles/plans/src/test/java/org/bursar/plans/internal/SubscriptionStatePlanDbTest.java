package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ibatis.annotations.Select;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.internal.sql.SubscriptionMapper;
import org.bursar.testing.TestDatabase;
import org.bursar.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How PostgreSQL finds the subscriptions of a state, as the application under row-level security, where all are active but few: whoever
 * expects to meet some of each state soon, and walks the customers, reads all of them for each state that there is not.
 */
class SubscriptionStatePlanDbTest {
    private static final int MANY = 20_000;
    private static final Pattern READ = Pattern.compile("actual rows=(\\d+)(?:\\.\\d+)? loops=(\\d+)");
    private static final Pattern REMOVED = Pattern.compile("Rows Removed by [^:]+: (\\d+)");

    private static TestDatabase postgres;
    private static String tenant;

    @BeforeAll
    static void manyThatAreActive() {
        postgres = TestDatabase.fresh();
        Shop shop = new Shop(postgres);
        tenant = shop.scope.tenant().uuid().toString();
        shop.meter("voice-minutes", "0");
        shop.plan("scale", "0", BillingCycle.MONTH, Shop.perUnit("voice-minutes", "500", "0.10"));
        shop.subscriptions.lock(shop.scope, shop.subscriber("0", "scale"), "abuse");
        shop.subscriber("0", "scale");
        postgres.executeAsOwner("""
                set app.tenant = '%1$s';
                insert into plans.subscription (tenant_id, customer_id, subscription_id, plan_id, number, status, anchor, cycle, zone,
                                                paid_until, cancel_at_end, started_at, version)
                select tenant_id, gen_random_uuid(), gen_random_uuid(), plan_id, number, status, anchor, cycle, zone, paid_until,
                       cancel_at_end, started_at, version
                  from plans.subscription, generate_series(1, %2$d)
                 where locked_at is null;
                """.formatted(tenant, MANY));
        postgres.executeAsOwner("analyze plans.subscription");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    /** How many rows are read or thrown away in all. */
    private static long looked(String mode, String method, String types, String arguments) throws Exception {
        String sql = String.join(
                        " ",
                        Arrays.stream(SubscriptionMapper.class.getMethods())
                                .filter(each -> each.getName().equals(method))
                                .findFirst()
                                .orElseThrow()
                                .getAnnotation(Select.class)
                                .value())
                .replace("#{tenant}", "$1")
                .replace("#{most}", "$2")
                .replace("#{looked}", "$3");
        long looked = 0;
        try (Connection connection = TestPostgres.connectAsApplication(postgres.address());
                Statement statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = " + mode + "; set app.tenant = '" + tenant
                    + "'; set app.customers = ''; prepare asked (" + types + ") as " + sql);
            try (ResultSet rows = statement.executeQuery(
                    "explain (analyze, costs off, timing off) execute asked ('" + tenant + "', " + arguments + ")")) {
                while (rows.next()) {
                    Matcher read = READ.matcher(rows.getString(1));
                    looked += read.find() ? Long.parseLong(read.group(1)) * Long.parseLong(read.group(2)) : 0;
                    Matcher removed = REMOVED.matcher(rows.getString(1));
                    looked += removed.find() ? Long.parseLong(removed.group(1)) : 0;
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return looked;
    }

    @Test
    void statesThatFewOrNoneHaveAreFoundWithoutLookingAtTheOthers() throws Exception {
        for (String mode : List.of("force_generic_plan", "force_custom_plan")) {
            assertThat(looked(mode, "restricted", "uuid, int", "1001")).as(mode).isLessThan(50);
        }
    }

    @Test
    void theActiveAreLookedForAmongSoMany() throws Exception {
        assertThat(looked("force_generic_plan", "active", "uuid, int, int", "1001, 2000"))
                .isBetween(1_001L, 9_000L);
    }

    @Test
    void ofAStateThatMostHaveSoManyAreRead() throws Exception {
        postgres.executeAsOwner("""
                set app.tenant = '%s';
                update plans.subscription set status = 'TRIALING' where locked_at is null;
                """.formatted(tenant));
        try {
            for (String mode : List.of("force_generic_plan", "force_custom_plan")) {
                assertThat(looked(mode, "restricted", "uuid, int", "1001"))
                        .as(mode)
                        .isBetween(1_001L, 9_000L);
            }
        } finally {
            postgres.executeAsOwner("""
                    set app.tenant = '%s';
                    update plans.subscription set status = 'ACTIVE' where locked_at is null;
                    """.formatted(tenant));
        }
    }
}

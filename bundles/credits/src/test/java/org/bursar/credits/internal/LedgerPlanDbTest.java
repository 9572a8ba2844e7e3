package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.ibatis.annotations.Select;
import org.bursar.credits.internal.sql.HoldMapper;
import org.bursar.credits.internal.sql.LotMapper;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.testing.TestDatabase;
import org.bursar.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Under row-level security an operator that is not leakproof silently costs the index. So these ask PostgreSQL for
 * its plans: as the application, with a plan that serves any parameters, over one very busy wallet among many idle
 * ones.
 */
final class LedgerPlanDbTest {
    private static final String TENANT = "00000000-0000-7000-9000-000000000001";
    private static final String BUSY = "00000000-0000-7000-a000-000000000001";

    private static TestDatabase postgres;

    @BeforeAll
    static void aBusyWalletAmongMany() {
        postgres = TestDatabase.fresh();
        new Books(postgres);
        postgres.executeAsOwner("""
                set app.tenant = '%1$s';
                insert into credits.wallet (tenant_id, wallet_id, unit, created_at)
                select '%1$s', ('00000000-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid, 'USD', '2026-01-01'
                  from generate_series(1, 5000) n;
                insert into credits.entry (tenant_id, wallet_id, seq, amount, balance_after, contra, kind,
                                           idempotency_key, created_at)
                select '%1$s', '%2$s', n, 1, n, 1 + n %% 4, 1 + n %% 4,
                       ('00000000-0000-7000-b000-' || lpad(to_hex(n), 12, '0'))::uuid,
                       '2026-01-01'::timestamptz + n * interval '1 s'
                  from generate_series(1, 60000) n;
                insert into credits.hold (tenant_id, wallet_id, hold_id, amount, status, expires_at, created_at)
                select '%1$s', ('00000000-0000-7000-a000-' || lpad(to_hex(1 + n %% 5000), 12, '0'))::uuid,
                       ('00000000-0000-7000-c000-' || lpad(to_hex(n), 12, '0'))::uuid, 1,
                       case when n %% 100 = 0 then 0 else 1 end,
                       '2026-01-01'::timestamptz + n * interval '1 s', '2026-01-01'
                  from generate_series(1, 30000) n;
                insert into credits.lot (tenant_id, wallet_id, seq, kind, granted, remaining, priority, expires_at,
                                         created_at)
                select '%1$s', '%2$s', n, 1, 1, case when n %% 100 = 0 then 1 else 0 end, 100,
                       case when n %% 2 = 0 then '2026-01-01'::timestamptz + n * interval '1 s' end, '2026-01-01'
                  from generate_series(1, 60000) n;
                """.formatted(TENANT, BUSY));
        postgres.executeAsOwner("analyze credits.wallet, credits.entry, credits.hold, credits.lot");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    /** The plan of a mapper's statement, whose parameters are numbered as they appear first. */
    private static String planOf(Class<?> mapper, String method, String parameters, String arguments) {
        String sql = Arrays.stream(mapper.getMethods())
                .filter(each -> each.getName().equals(method))
                .map(each -> String.join(" ", each.getAnnotation(Select.class).value()))
                .findFirst()
                .orElseThrow();
        List<String> names = new ArrayList<>();
        String numbered = Pattern.compile("#\\{(\\w+)}").matcher(sql).replaceAll(found -> {
            if (!names.contains(found.group(1))) {
                names.add(found.group(1));
            }
            return "\\$" + (names.indexOf(found.group(1)) + 1);
        });
        return plan(parameters, arguments, numbered);
    }

    private static String plan(String parameters, String arguments, String sql) {
        try (Connection connection = TestPostgres.connectAsApplication(postgres.address());
                Statement statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = force_generic_plan; set app.tenant = '" + TENANT
                    + "'; set app.customers = ''; prepare asked (" + parameters + ") as " + sql);
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = statement.executeQuery("explain execute asked (" + arguments + ")")) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Test
    void aKeyIsFoundWithoutReadingTheWallet() {
        assertThat(planOf(
                        WalletMapper.class,
                        "withKeys",
                        "uuid[], uuid[], uuid",
                        "array['" + BUSY + "'::uuid], array['" + TENANT + "'::uuid], '" + TENANT + "'"))
                .contains("Index Scan using entry_once")
                .contains("idempotency_key = k.idempotency_key");
    }

    @Test
    void walletsAreLockedByTheirKey() {
        assertThat(planOf(WalletMapper.class, "lock", "uuid, uuid[]", "'" + TENANT + "', array['" + BUSY + "'::uuid]"))
                .contains("LockRows")
                .contains("wallet_pk")
                .contains("wallet_id = ANY")
                .doesNotContain("Seq Scan");
    }

    @Test
    void thePagesOfALedgerAreReadInTheIndexsOrder() {
        String arguments = "'" + TENANT + "', '" + BUSY + "', 30000, 51";
        assertThat(planOf(WalletMapper.class, "newestEntries", "uuid, uuid, bigint, int", arguments))
                .contains("Backward using entry_pk")
                .contains("seq < $3")
                .doesNotContain("Sort");
        assertThat(planOf(WalletMapper.class, "oldestEntries", "uuid, uuid, bigint, int", arguments))
                .contains("using entry_pk")
                .contains("seq > $3")
                .doesNotContain("Sort");
    }

    @Test
    void dueHoldsAreFoundByTheirTime() {
        assertThat(planOf(
                        HoldMapper.class,
                        "due",
                        "uuid, timestamptz, timestamptz, uuid, int",
                        "'" + TENANT + "', '2026-02-01', '2026-01-01', '" + TENANT + "', 500"))
                .contains("hold_due")
                .contains("expires_at <= $2")
                .contains("expires_at >= $3")
                // holds of one instant are put in order among themselves; nothing else is sorted
                .contains("Presorted Key: expires_at");
    }

    @Test
    void holdsArePagedByTheirIndexes() {
        assertThat(planOf(
                        HoldMapper.class,
                        "page",
                        "uuid, uuid, int, int",
                        "'" + TENANT + "', '" + TENANT + "', null, 51"))
                .contains("hold_pk")
                .contains("hold_id < $2")
                .doesNotContain("Sort");
        assertThat(planOf(
                        HoldMapper.class,
                        "pageOf",
                        "uuid, uuid, uuid, int, int",
                        "'" + TENANT + "', '" + BUSY + "', '" + TENANT + "', null, 51"))
                .contains("hold_by_wallet")
                .contains("hold_id < $3")
                .doesNotContain("Sort");
    }

    @Test
    void dueLotsAreFoundByTheirTime() {
        assertThat(planOf(
                        LotMapper.class,
                        "due",
                        "uuid, timestamptz, timestamptz, uuid, bigint, int",
                        "'" + TENANT + "', '2026-02-01', '2026-01-01', '" + BUSY + "', 0, 500"))
                .contains("using lot_due")
                .contains("expires_at <= $2")
                .contains("ROW(expires_at, wallet_id, seq) > ROW($3, $4, $5)")
                .doesNotContain("Sort");
    }

    @Test
    void ofABusyWalletsLotsOnlyThoseWithSomethingLeftAreRead() {
        String wallets = "'" + TENANT + "', array['" + BUSY + "'::uuid]";
        assertThat(planOf(LotMapper.class, "live", "uuid, uuid[]", wallets))
                .contains("lot_live")
                .doesNotContain("Seq Scan");
        assertThat(planOf(LotMapper.class, "stock", "uuid, uuid[]", wallets))
                .contains("lot_live")
                .contains("wallet_pk")
                .doesNotContain("Seq Scan");
    }

    @Test
    void thePagesOfLotsAreReadInTheIndexsOrder() {
        assertThat(planOf(
                        LotMapper.class,
                        "page",
                        "uuid, uuid, bigint, int",
                        "'" + TENANT + "', '" + BUSY + "', 30000, 51"))
                .contains("Backward using lot_pk")
                .contains("seq < $3")
                .doesNotContain("Sort");
    }

    @Test
    void settlementsAreSummedByTheirOwnIndex() {
        assertThat(plan(
                        "uuid, timestamptz, timestamptz",
                        "'" + TENANT + "', '2026-01-01', '2026-02-01'",
                        "select customer_id, sum(amount) from credits.settled_hold_view where tenant_id = $1"
                                + " and created_at >= $2 and created_at < $3 group by customer_id"))
                .contains("entry_settled_hold")
                .contains("created_at >= $2");
    }
}

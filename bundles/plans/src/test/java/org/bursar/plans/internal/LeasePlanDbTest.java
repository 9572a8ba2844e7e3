package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.plans.internal.sql.LeaseMapper;
import org.bursar.testing.TestDatabase;
import org.bursar.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How PostgreSQL finds leases, as the application under row-level security, when nearly all that there are have ended. */
class LeasePlanDbTest {
    private static final String TENANT = "00000000-0000-7000-9000-000000000001";
    private static final String BUSY = "00000000-0000-7000-a000-000000000001";
    private static final String NOW = "'2026-01-01 12:00'";

    private static TestDatabase postgres;

    @BeforeAll
    static void manyThatHaveEndedAndAFewThatAreOpen() {
        postgres = TestDatabase.fresh();
        new Shop(postgres).leases(postgres.database(), java.time.Clock.systemUTC());
        postgres.executeAsOwner("""
                set app.tenant = '%1$s';
                insert into plans.lease (tenant_id, lease_id, customer_id, limit_name, created_at, expires_at, ended_at, released,
                                         version)
                select '%1$s', ('00000000-0000-7000-c000-' || lpad(to_hex(n), 12, '0'))::uuid,
                       ('00000000-0000-7000-a000-' || lpad(to_hex(1 + n %% 50), 12, '0'))::uuid, 'CONCURRENCY',
                       '2026-01-01', '2026-01-02', case when n %% 40 = 0 then null else '2026-01-01'::timestamptz end,
                       n %% 40 <> 0, 1
                  from generate_series(1, 60000) n;
                """.formatted(TENANT));
        postgres.executeAsOwner("analyze plans.lease");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static String planOf(String method, String parameters, String arguments) {
        Method found = Arrays.stream(LeaseMapper.class.getMethods())
                .filter(each -> each.getName().equals(method))
                .findFirst()
                .orElseThrow();
        String sql = found.isAnnotationPresent(Select.class)
                ? String.join(" ", found.getAnnotation(Select.class).value())
                : found.isAnnotationPresent(Insert.class)
                        ? String.join(" ", found.getAnnotation(Insert.class).value())
                        : String.join(" ", found.getAnnotation(Delete.class).value());
        List<String> names = new ArrayList<>();
        String numbered = Pattern.compile("#\\{(\\w+)}").matcher(sql).replaceAll(hole -> {
            if (!names.contains(hole.group(1))) {
                names.add(hole.group(1));
            }
            return "\\$" + (names.indexOf(hole.group(1)) + 1);
        });
        try (Connection connection = TestPostgres.connectAsApplication(postgres.address());
                Statement statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = force_generic_plan; set app.tenant = '" + TENANT
                    + "'; set app.customers = ''; prepare asked (" + parameters + ") as " + numbered);
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = statement.executeQuery("explain execute asked (" + arguments + ")")) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(numbered, e);
        }
    }

    @Test
    void whatIsOpenIsCountedInTheIndexOfWhatIsOpen() {
        // parameters are numbered as they appear: limit, tenant, customer, now
        assertThat(planOf(
                        "room",
                        "text, uuid, uuid, timestamptz",
                        "'CONCURRENCY', '" + TENANT + "', '" + BUSY + "', " + NOW))
                .contains("lease_open")
                .contains("customer_id = $3")
                .doesNotContain("Seq Scan on lease");
        // tenant, customer, limit, now, lease, expiresAt, size
        assertThat(planOf(
                        "insertWhereRoom",
                        "uuid, uuid, text, timestamptz, uuid, timestamptz, int",
                        "'" + TENANT + "', '" + BUSY + "', 'CONCURRENCY', " + NOW + ", '" + TENANT + "', " + NOW
                                + ", 10"))
                .contains("lease_open")
                .doesNotContain("Seq Scan on lease");
    }

    @Test
    void pagesAreReadInTheIndexsOrder() {
        assertThat(planOf(
                        "openOf",
                        "uuid, uuid, uuid, timestamptz, int",
                        "'" + TENANT + "', '" + BUSY + "', '" + LeaseMapper.AFTER_ALL + "', " + NOW + ", 51"))
                .contains("Backward using lease_open")
                .contains("lease_id < $3")
                .doesNotContain("Sort");
        assertThat(planOf(
                        "open",
                        "uuid, uuid, uuid, timestamptz, int",
                        "'" + TENANT + "', '" + BUSY + "', '" + LeaseMapper.AFTER_ALL + "', " + NOW + ", 51"))
                .contains("Backward using lease_open")
                .contains("ROW(customer_id, lease_id) < ROW($2, $3)")
                .doesNotContain("Sort");
    }

    @Test
    void whatIsForgottenIsFoundByItsAge() {
        assertThat(planOf("forget", "uuid, uuid, timestamptz", "'" + TENANT + "', '" + BUSY + "', " + NOW))
                .contains("lease_pk")
                .contains("lease_id < $2");
    }
}

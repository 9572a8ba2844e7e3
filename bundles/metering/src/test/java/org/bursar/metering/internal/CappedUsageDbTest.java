package org.bursar.metering.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.metering.EventResult;
import org.bursar.metering.UsageEvent;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is reported as used for a user counts against that user's cap. */
class CappedUsageDbTest {
    private static TestDatabase postgres;
    private Shop shop;
    private UserId user;
    private Caps caps;

    /** The cap as it is stored; setting one is the other bundle's business. */
    interface Caps {
        @Insert("""
                insert into credits.spend_cap (tenant_id, wallet_id, user_id, amount, period, period_from, period_until,
                                               by_tenant, created_at)
                values (#{tenant}, #{customer}, #{user}, 10, 1, '2026-11-21', '2026-11-22', true, '2026-11-21')
                """)
        int set(TenantId tenant, CustomerId customer, UserId user);

        @Select("select period_from::date || ' ' || spent from credits.spend_cap where user_id = #{user}")
        String of(UserId user);
    }

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void open() {
        shop = new Shop(postgres);
        user = UserId.next(shop.clock);
        caps = shop.database.mapper("metering", Caps.class);
        shop.database.run(shop.scope, () -> caps.set(shop.scope.tenant(), shop.customer, user));
    }

    private EventResult report(String id, String quantity, UserId of) {
        return shop.report(new UsageEvent(
                id,
                "/voice/portland",
                "calls",
                shop.customer,
                Optional.empty(),
                Optional.of(new BigDecimal(quantity)),
                Optional.empty(),
                Optional.of(of)));
    }

    private String spent() {
        return shop.database.transact(shop.scope, () -> caps.of(user));
    }

    @Test
    void whatIsChargedForAUserIsSpentOnceAndNeverRefused() {
        for (int i = 0; i < 12; i++) {
            assertThat(report("e" + i, "1", user)).isInstanceOf(EventResult.Accepted.class);
        }
        assertThat(report("e1", "1", user)).isInstanceOf(EventResult.Duplicate.class);
        assertThat(report("other", "1", UserId.next(shop.clock))).isInstanceOf(EventResult.Accepted.class);
        assertThat(shop.report(Shop.event("nobody", shop.customer, "calls", "1")))
                .isInstanceOf(EventResult.Accepted.class);
        assertThat(spent()).isEqualTo("2026-11-21 12.000000");
        assertThat(shop.balance(shop.customer)).isEqualByComparingTo("-14");
    }

    @Test
    void theNextPeriodBeginsWithItsFirstUsage() {
        report("one", "1", user);
        shop.clock.advance(Duration.ofDays(1));
        report("two", "1", user);
        assertThat(spent()).isEqualTo("2026-11-22 1.000000");
        assertThat(shop.walk.verify(shop.scope).faults()).isEqualTo(List.of());
    }
}

package org.bursar.metering.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.metering.EventResult;
import org.bursar.metering.UsageEvent;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which event is the same event: by days of receipt, by tenant and by who reports it. */
class DedupeDbTest {
    private static TestDatabase postgres;
    private Shop shop;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void shop() {
        shop = new Shop(postgres);
    }

    @Test
    void aDuplicateIsKnownForThreeDaysOfReceiptAndAcrossMidnight() {
        shop.clock.set(Instant.parse("2026-11-21T23:59:59Z"));
        shop.report(Shop.event("e1", shop.customer, "calls", "1"));
        shop.clock.set(Instant.parse("2026-11-22T00:00:01Z"));
        assertThat(shop.report(Shop.event("e1", shop.customer, "calls", "1")))
                .isInstanceOf(EventResult.Duplicate.class);
        shop.clock.set(Instant.parse("2026-11-24T12:00:00Z"));
        shop.partitions().run();
        assertThat(shop.report(Shop.event("e1", shop.customer, "calls", "1")))
                .isInstanceOf(EventResult.Duplicate.class);
        shop.clock.set(Instant.parse("2026-11-29T12:00:00Z"));
        shop.partitions().run();
        assertThat(shop.report(Shop.event("e1", shop.customer, "calls", "1"))).isInstanceOf(EventResult.Accepted.class);
    }

    @Test
    void aRetryAfterTheClockWasSetBackOverMidnightIsADuplicate() {
        shop.clock.set(Instant.parse("2026-11-22T00:30:00Z"));
        shop.report(Shop.event("e1", shop.customer, "calls", "1"));
        shop.clock.set(Instant.parse("2026-11-21T23:30:00Z"));
        EventResult again = shop.report(Shop.event("e1", shop.customer, "calls", "1"));
        assertThat(again).isInstanceOf(EventResult.Duplicate.class);
        assertThat(charge(again)).isEqualByComparingTo("1");
        shop.clock.set(Instant.parse("2026-11-19T12:00:00Z"));
        assertThat(shop.report(Shop.event("e1", shop.customer, "calls", "1")))
                .isInstanceOf(EventResult.Duplicate.class);
        assertThat(shop.balance(shop.customer)).isEqualByComparingTo("-1");
    }

    @Test
    void twoNodesOnEitherSideOfMidnightSeeEachOther() {
        assertThat(Dedupe.daysOf(Instant.parse("2026-11-21T23:55:00Z")))
                .isEqualTo(Dedupe.daysOf(Instant.parse("2026-11-22T00:05:00Z")))
                .hasSize(2);
        assertThat(Dedupe.daysOf(Instant.parse("2026-11-22T12:00:00Z"))).hasSize(1);
    }

    @Test
    void anotherTenantsIdsAreItsOwn() {
        Shop other = new Shop(postgres);
        shop.report(Shop.event("1", shop.customer, "calls", "1"));
        assertThat(other.report(Shop.event("1", other.customer, "calls", "1")))
                .isInstanceOf(EventResult.Accepted.class);
        assertThat(((EventResult.Rejected) other.report(Shop.event("2", shop.customer, "calls", "1"))).code())
                .hasToString("unknown_customer");
    }

    @Test
    void aCustomersOwnKeyUsesUpNoIdsOfTheTenantNorOfOtherCustomers() {
        CustomerId other = shop.newCustomer();
        assertThat(report(shop.scope.only(other), Shop.event("1", other, "calls", "1")))
                .isInstanceOf(EventResult.Accepted.class);
        UsageEvent event = Shop.event("1", shop.customer, "calls", "1");
        assertThat(report(shop.scope.only(shop.customer), event)).isInstanceOf(EventResult.Accepted.class);
        assertThat(report(shop.scope, event)).isInstanceOf(EventResult.Accepted.class);
        assertThat(report(shop.scope, Shop.event("1", other, "calls", "1")))
                .as("the tenant's ids are the tenant's, whichever customer they are of")
                .isInstanceOf(EventResult.Duplicate.class);
    }

    @Test
    void aCustomersOwnKeyIsToldItsDuplicatesAndTheirCharge() {
        Scope own = shop.scope.only(shop.customer);
        UsageEvent event = Shop.event("1", shop.customer, "calls", "1");
        report(own, event);
        EventResult again = report(own, event);
        assertThat(again).isInstanceOf(EventResult.Duplicate.class);
        assertThat(charge(again)).isEqualByComparingTo("1");
        assertThat(shop.balance(shop.customer)).isEqualByComparingTo("-1");
    }

    private EventResult report(Scope scope, UsageEvent event) {
        return shop.usage.report(scope, List.of(event)).get(0);
    }

    private static BigDecimal charge(EventResult result) {
        return ((EventResult.Duplicate) result).charge().orElseThrow();
    }
}

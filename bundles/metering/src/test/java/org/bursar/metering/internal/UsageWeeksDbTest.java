package org.bursar.metering.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.metering.UsageEvents;
import org.bursar.metering.UsageWeeks;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsageWeeksDbTest {
    private static TestDatabase postgres;
    private Shop shop;
    private int events;

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

    private void used(CustomerId customer, String meter, String quantity, int daysAgo) {
        shop.report(Shop.event(
                "e" + events++, customer, meter, quantity, shop.clock.instant().minus(Duration.ofDays(daysAgo))));
    }

    /** By meter, the weeks in which anything was used, with their numbers. */
    private static Map<String, Map<Integer, String>> told(List<UsageWeeks> weeks) {
        Map<String, Map<Integer, String>> told = new TreeMap<>();
        for (UsageWeeks one : weeks) {
            assertThat(one.quantities()).hasSize(UsageEvents.WEEKS);
            Map<Integer, String> used = told.computeIfAbsent(one.meterKey(), key -> new TreeMap<>());
            for (int week = 0; week < UsageEvents.WEEKS; week++) {
                BigDecimal quantity = one.quantities().get(week);
                if (quantity.signum() != 0) {
                    used.put(week, quantity.stripTrailingZeros().toPlainString());
                }
            }
        }
        return told;
    }

    @Test
    void aWeekIsTheSevenDaysThatEndTodayOrAWeekBefore() {
        used(shop.customer, "tokens", "100", 0);
        used(shop.customer, "tokens", "20", 6);
        used(shop.customer, "tokens", "3", 7);
        used(shop.customer, "tokens", "4", 34);
        assertThat(told(shop.usage.weeks(shop.scope, List.of(shop.customer))))
                .isEqualTo(Map.of("tokens", Map.of(11, "120", 10, "3", 7, "4")));

        shop.clock.advance(Duration.ofDays(77));
        assertThat(told(shop.usage.weeks(shop.scope, List.of(shop.customer))))
                .isEqualTo(Map.of("tokens", Map.of(0, "120")));
        shop.clock.advance(Duration.ofDays(1));
        assertThat(told(shop.usage.weeks(shop.scope, List.of(shop.customer))))
                .isEqualTo(Map.of("tokens", Map.of(0, "100")));
        shop.clock.advance(Duration.ofDays(7));
        assertThat(shop.usage.weeks(shop.scope, List.of(shop.customer))).isEmpty();
    }

    @Test
    void theMeterIsTheOneThatWasChargedTheMostForOrElseTheOneWithTheMostEvents() {
        used(shop.customer, "voice-minutes", "400", 1);
        used(shop.customer, "tokens", "1000000", 1);
        used(shop.customer, "calls", "1", 1);
        CustomerId included = shop.newCustomer();
        used(included, "voice-minutes", "30", 9);
        used(included, "voice-minutes", "12.5", 9);
        used(included, "tokens", "0.1", 1);
        CustomerId idle = shop.newCustomer();

        List<UsageWeeks> weeks = shop.usage.weeks(shop.scope, List.of(shop.customer, included, idle));
        assertThat(told(weeks)).isEqualTo(Map.of("calls", Map.of(11, "1"), "voice-minutes", Map.of(10, "42.5")));
        assertThat(weeks.stream().map(UsageWeeks::customer)).containsExactlyInAnyOrder(shop.customer, included);
        assertThat(weeks.stream().map(UsageWeeks::unit)).containsExactlyInAnyOrder("call", "minute");
    }

    @Test
    void nobodySeesTheWeeksOfOthers() {
        CustomerId other = shop.newCustomer();
        Shop foreign = new Shop(postgres);
        for (CustomerId one : List.of(shop.customer, other)) {
            used(one, "calls", "1", 1);
        }
        List<CustomerId> both = List.of(shop.customer, other);
        Scope own = shop.scope.only(other);
        assertThat(shop.usage.weeks(shop.scope, both)).hasSize(2);
        assertThat(foreign.usage.weeks(foreign.scope, both)).isEmpty();
        assertThat(shop.usage.weeks(own, both).stream().map(UsageWeeks::customer))
                .containsExactly(other);
        assertThat(shop.usage.weeks(own, List.of(shop.customer))).isEmpty();
    }

    @Test
    void oneAsksForSoManyAndNoMore() {
        List<CustomerId> many = new ArrayList<>(Stream.generate(() -> CustomerId.next(shop.clock))
                .limit(UsageEvents.MOST_CUSTOMERS)
                .toList());
        assertThat(shop.usage.weeks(shop.scope, many)).isEmpty();
        many.add(shop.customer);
        assertThatThrownBy(() -> shop.usage.weeks(shop.scope, many)).isInstanceOf(IllegalArgumentException.class);
    }
}

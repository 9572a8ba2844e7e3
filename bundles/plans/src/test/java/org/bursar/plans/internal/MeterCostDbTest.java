package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.bursar.kernel.CustomerId;
import org.bursar.plans.Meter;
import org.bursar.plans.MeterChange;
import org.bursar.plans.RatedUsage;
import org.bursar.plans.Usage;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node remembers meters, and still counts by what they cost now, whichever node changed that. */
final class MeterCostDbTest {
    private static TestDatabase postgres;
    private Shop shop;
    private CustomerId customer;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @BeforeEach
    void fill() {
        shop = new Shop(postgres);
        customer = shop.customerWith("100");
    }

    private BigDecimal costOfTen(CycleRating node, String key) {
        Meter meter = node.meters(shop.scope, Set.of(key)).get(key);
        Usage usage = new Usage(customer, meter, BigDecimal.TEN, Instant.parse("2026-01-31T10:00:00Z"));
        List<RatedUsage> rated = node.rate(shop.scope, List.of(usage));
        return rated.get(0).cost();
    }

    private void change(Meter meter, String cost) {
        shop.meters.change(
                shop.scope,
                meter.id(),
                new MeterChange(meter.name(), meter.unit(), new BigDecimal(cost)),
                OptionalLong.empty());
    }

    @Test
    void whatAMeterCostsNowCountsAtOnceOnEveryNode() {
        CycleRating other = new CycleRating(shop.database, shop);
        Meter calls = shop.meter("calls", "0.10");
        assertThat(costOfTen(shop.rating, "calls")).isEqualByComparingTo("1");
        assertThat(costOfTen(other, "calls")).isEqualByComparingTo("1");
        change(calls, "0.25");
        assertThat(costOfTen(shop.rating, "calls")).isEqualByComparingTo("2.5");
        assertThat(costOfTen(other, "calls")).isEqualByComparingTo("2.5");
    }

    @Test
    void meterThatIsMadeAfterItWasAskedForIsFound() {
        assertThat(shop.rating.meters(shop.scope, Set.of("later"))).isEmpty();
        Meter later = shop.meter("later", "1");
        assertThat(shop.rating.meters(shop.scope, Set.of("later"))).containsKey("later");
        assertThat(later.version()).isEqualTo(1);
    }
}

package org.bursar.metering.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MeterId;
import org.bursar.metering.internal.sql.HourRow;
import org.bursar.metering.internal.sql.SumColumns;

/**
 * What a repricing adds to the sums of hours and days: the difference of each meter, spread over the hours of the cycle in proportion
 * to what was used in each, so that every report over the cycle shows the new charge. A difference of usage that lies in none of
 * its hours goes to the cycle's first.
 */
final class RepricedHours {
    private final CustomerId customer;
    private final Map<Bucket, BigDecimal> changes = new TreeMap<>(Comparator.comparing(Bucket::hour)
            .thenComparing(bucket -> bucket.meter().uuid().toString()));

    private record Bucket(Instant hour, MeterId meter) {}

    /**
     * Spreads.
     *
     * @param differences of each meter; none of them zero
     * @param used with quantities above zero
     */
    RepricedHours(CustomerId customer, Instant cycleFrom, Map<MeterId, BigDecimal> differences, List<HourRow> used) {
        this.customer = customer;
        differences.forEach((meter, difference) -> {
            List<HourRow> hours =
                    used.stream().filter(row -> row.meterId().equals(meter)).toList();
            if (hours.isEmpty()) {
                changes.put(new Bucket(cycleFrom.truncatedTo(ChronoUnit.HOURS), meter), difference);
                return;
            }
            List<BigDecimal> shares =
                    Spread.of(difference, hours.stream().map(HourRow::quantity).toList());
            for (int i = 0; i < shares.size(); i++) {
                if (shares.get(i).signum() != 0) {
                    changes.put(new Bucket(hours.get(i).hour(), meter), shares.get(i));
                }
            }
        });
    }

    /** What is added to each hour. */
    SumColumns sums() {
        int many = changes.size();
        BigDecimal[] nothing = new BigDecimal[many];
        Arrays.fill(nothing, BigDecimal.ZERO);
        Long[] noEvents = new Long[many];
        Arrays.fill(noEvents, 0L);
        UUID[] customers = new UUID[many];
        Arrays.fill(customers, customer.uuid());
        return new SumColumns(
                customers,
                changes.keySet().stream().map(Bucket::hour).toArray(Instant[]::new),
                changes.keySet().stream().map(bucket -> bucket.meter().uuid()).toArray(UUID[]::new),
                noEvents,
                nothing,
                changes.values().toArray(BigDecimal[]::new),
                nothing);
    }
}

package org.bursar.metering.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
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

    SumColumns hours() {
        List<String> hours = changes.keySet().stream()
                .map(bucket -> bucket.hour().toString())
                .toList();
        List<MeterId> meters = changes.keySet().stream().map(Bucket::meter).toList();
        return columns(hours, meters, List.copyOf(changes.values()));
    }

    SumColumns days() {
        Map<String, BigDecimal> sums = new LinkedHashMap<>();
        Map<String, String> days = new LinkedHashMap<>();
        Map<String, MeterId> meters = new LinkedHashMap<>();
        changes.forEach((bucket, change) -> {
            String day = LocalDate.ofInstant(bucket.hour(), ZoneOffset.UTC).toString();
            String key = day + ' ' + bucket.meter();
            sums.merge(key, change, BigDecimal::add);
            days.put(key, day);
            meters.put(key, bucket.meter());
        });
        return columns(List.copyOf(days.values()), List.copyOf(meters.values()), new ArrayList<>(sums.values()));
    }

    private SumColumns columns(List<String> buckets, List<MeterId> meters, List<BigDecimal> charges) {
        int many = buckets.size();
        BigDecimal[] nothing = new BigDecimal[many];
        Arrays.fill(nothing, BigDecimal.ZERO);
        Long[] noEvents = new Long[many];
        Arrays.fill(noEvents, 0L);
        UUID[] customers = new UUID[many];
        Arrays.fill(customers, customer.uuid());
        return new SumColumns(
                customers,
                buckets.toArray(String[]::new),
                meters.stream().map(MeterId::uuid).toArray(UUID[]::new),
                noEvents,
                nothing,
                charges.toArray(BigDecimal[]::new),
                nothing);
    }
}

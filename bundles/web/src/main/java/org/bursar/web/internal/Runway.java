package org.bursar.web.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;

/** How long a balance lasts if each day takes what the days of late took. */
public final class Runway {
    /** How many days before today count. */
    public static final int LATE = 30;

    private static final long MOST = 365;

    private Runway() {}

    /**
     * Whole days: the balance over the mean charge of the days before today, {@value #LATE} at most and from the first that was used.
     *
     * @param charges what was charged on days
     * @return empty when there is no balance, nothing was charged before today, or it lasts for more than a year
     */
    public static OptionalLong days(BigDecimal balance, Map<LocalDate, BigDecimal> charges, LocalDate today) {
        LocalDate first = today;
        BigDecimal charged = BigDecimal.ZERO;
        for (Map.Entry<LocalDate, BigDecimal> used : charges.entrySet()) {
            LocalDate day = used.getKey();
            // today has not ended: with it the mean would be too low
            if (day.isBefore(today) && !day.isBefore(today.minusDays(LATE))) {
                first = day.isBefore(first) ? day : first;
                charged = charged.add(used.getValue());
            }
        }
        if (balance.signum() <= 0 || charged.signum() <= 0) {
            return OptionalLong.empty();
        }
        BigDecimal lasts = balance.multiply(BigDecimal.valueOf(ChronoUnit.DAYS.between(first, today)))
                .divide(charged, 0, RoundingMode.DOWN);
        return lasts.compareTo(BigDecimal.valueOf(MOST)) > 0
                ? OptionalLong.empty()
                : OptionalLong.of(lasts.longValue());
    }
}

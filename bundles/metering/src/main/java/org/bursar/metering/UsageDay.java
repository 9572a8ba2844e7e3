package org.bursar.metering;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.bursar.kernel.MeterId;

/**
 * What a customer used of a meter on a day.
 *
 * @param day in UTC, of the time of the events
 * @param cost what it cost the tenant; no business of its customers
 */
public record UsageDay(
        LocalDate day,
        MeterId meter,
        String meterKey,
        String unit,
        long events,
        BigDecimal quantity,
        BigDecimal charge,
        BigDecimal cost) {}

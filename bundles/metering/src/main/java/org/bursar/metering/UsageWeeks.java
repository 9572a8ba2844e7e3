package org.bursar.metering;

import java.math.BigDecimal;
import java.util.List;
import org.bursar.kernel.CustomerId;

/**
 * What a customer used week by week, of the one meter that it was charged the most for in these weeks; where nothing was charged, of
 * the one with the most events. Quantities of different meters are never added to each other.
 *
 * @param meterKey the meter's
 * @param quantities of each week, the earliest first: always {@value UsageEvents#WEEKS}, zero where nothing was used
 */
public record UsageWeeks(CustomerId customer, String meterKey, String unit, List<BigDecimal> quantities) {
    public UsageWeeks {
        quantities = List.copyOf(quantities);
    }
}

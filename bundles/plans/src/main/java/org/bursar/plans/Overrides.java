package org.bursar.plans;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.bursar.kernel.CustomerId;

/**
 * What a customer has instead of its plan's terms.
 *
 * @param planVersion the version of the plan whose other terms hold
 * @param price for a cycle; empty: the plan's
 * @param minimum of the usage of a cycle, zero: none; empty: the plan's
 * @param rates each in the place of the plan's rate for its meter
 * @param version of the subscription; the ETag
 */
public record Overrides(
        CustomerId customer,
        String planKey,
        int planVersion,
        Optional<Price> price,
        Optional<BigDecimal> minimum,
        List<Rate> rates,
        long version) {
    public Overrides {
        rates = List.copyOf(rates);
    }
}

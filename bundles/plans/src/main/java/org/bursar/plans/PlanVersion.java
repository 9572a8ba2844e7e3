package org.bursar.plans;

import java.time.Instant;
import java.util.List;

/**
 * A plan as it stood from one change to the next; it is never changed itself.
 *
 * @param number 1, 2, 3 …
 * @param rates in the order in which they were given
 * @param changes when a change to the plan takes effect
 * @param payment how it begins and how long it waits for its price
 */
public record PlanVersion(
        int number,
        Price price,
        BillingCycle cycle,
        List<Rate> rates,
        Limits limits,
        ChangeRule changes,
        PaymentTerms payment,
        Instant createdAt) {
    public PlanVersion {
        rates = List.copyOf(rates);
    }
}

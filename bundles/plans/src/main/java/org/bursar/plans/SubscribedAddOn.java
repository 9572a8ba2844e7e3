package org.bursar.plans;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.AddOnId;

/**
 * An add-on that a customer has.
 *
 * @param terms those it was taken at
 * @param quantity at least one
 * @param since when the customer first had any of it
 */
public record SubscribedAddOn(AddOnId id, String key, String name, AddOnTerms terms, int quantity, Instant since) {
    public SubscribedAddOn {
        if (quantity < 1) {
            throw new IllegalArgumentException("none of it is not to have it: " + quantity);
        }
    }

    /** What all of it costs each month. */
    public Price monthlyCost() {
        return new Price(
                terms.unitPrice().amount().multiply(BigDecimal.valueOf(quantity)),
                terms.unitPrice().currency());
    }
}

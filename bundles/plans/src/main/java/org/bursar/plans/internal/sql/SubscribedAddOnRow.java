package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.bursar.kernel.AddOnId;
import org.bursar.kernel.CustomerId;
import org.bursar.plans.AddOnTerms;
import org.bursar.plans.Limit;
import org.bursar.plans.Price;
import org.bursar.plans.SubscribedAddOn;
import org.jspecify.annotations.Nullable;

/** A row of {@code plans.subscription_add_on} with the terms it was taken at. */
public record SubscribedAddOnRow(
        CustomerId customerId,
        AddOnId addOnId,
        String key,
        String name,
        int number,
        BigDecimal priceAmount,
        String priceCurrency,
        @Nullable Limit limitName,
        int raisesBy,
        int quantity,
        Instant since) {

    /** As others see it. */
    public SubscribedAddOn addOn() {
        AddOnTerms terms =
                new AddOnTerms(number, new Price(priceAmount, priceCurrency), Optional.ofNullable(limitName), raisesBy);
        return new SubscribedAddOn(addOnId, key, name, terms, quantity, since);
    }
}

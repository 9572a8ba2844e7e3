package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.bursar.kernel.AddOnId;
import org.bursar.plans.AddOn;
import org.bursar.plans.AddOnTerms;
import org.bursar.plans.Limit;
import org.bursar.plans.Price;
import org.jspecify.annotations.Nullable;

/** A row of {@code plans.add_on} with its newest terms. */
public record AddOnRow(
        AddOnId addOnId,
        String key,
        String name,
        int number,
        BigDecimal priceAmount,
        String priceCurrency,
        @Nullable Limit limitName,
        int raisesBy,
        int least,
        int most,
        boolean active,
        Instant createdAt,
        long version) {

    /** As others see it. */
    public AddOn addOn() {
        AddOnTerms terms =
                new AddOnTerms(number, new Price(priceAmount, priceCurrency), Optional.ofNullable(limitName), raisesBy);
        return new AddOn(addOnId, key, name, terms, least, most, active, createdAt, version);
    }
}

package org.bursar.purchases;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;

/**
 * Credit for a price.
 *
 * @param price greater than zero, in any ISO 4217 currency
 * @param credits greater than zero, in the wallet's unit
 * @param active whether it can be bought
 * @param version counts changes; the ETag
 */
public record CreditPackage(
        PackageId id,
        String name,
        Money price,
        BigDecimal credits,
        boolean active,
        Instant createdAt,
        Instant updatedAt,
        long version) {}

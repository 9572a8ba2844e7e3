package org.bursar.purchases.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;
import org.bursar.purchases.CreditPackage;

/** A row of {@code purchases.package}. */
public record PackageRow(
        PackageId packageId,
        String name,
        long priceMinor,
        String priceCurrency,
        BigDecimal credits,
        boolean active,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    /** The package. */
    public CreditPackage value() {
        return new CreditPackage(
                packageId, name, new Money(priceCurrency, priceMinor), credits, active, createdAt, updatedAt, version);
    }
}

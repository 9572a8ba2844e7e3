package org.bursar.purchases.internal.sql;

import java.math.BigDecimal;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.SavedMethodId;
import org.jspecify.annotations.Nullable;

/** What a person allows, checked. */
public record NewTopUpRow(
        CustomerId customer,
        boolean enabled,
        BigDecimal below,
        @Nullable PackageId packageId,
        @Nullable Long priceMinor,
        @Nullable String priceCurrency,
        @Nullable BigDecimal credits,
        @Nullable SavedMethodId method,
        int mostADay,
        int mostAMonth,
        boolean renewals) {}

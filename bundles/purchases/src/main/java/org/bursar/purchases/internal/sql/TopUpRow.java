package org.bursar.purchases.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.SavedMethodId;
import org.bursar.purchases.TopUp;
import org.bursar.purchases.TopUpStop;
import org.jspecify.annotations.Nullable;

/** A row of {@code purchases.top_up}. */
public record TopUpRow(
        CustomerId customerId,
        boolean enabled,
        BigDecimal below,
        @Nullable PackageId packageId,
        @Nullable Long priceMinor,
        @Nullable String priceCurrency,
        @Nullable BigDecimal credits,
        @Nullable SavedMethodId methodId,
        int mostADay,
        int mostAMonth,
        boolean renewals,
        boolean low,
        int declines,
        @Nullable PurchaseId currentPurchase,
        @Nullable Instant nextTryAt,
        boolean askPayer,
        @Nullable TopUpStop stopped,
        String allowedByName,
        Instant allowedAt,
        long version) {
    /** What was agreed to be paid for the package. */
    public @Nullable Money price() {
        return priceMinor == null || priceCurrency == null ? null : new Money(priceCurrency, priceMinor);
    }

    /** As others see it. */
    public TopUp topUp() {
        return new TopUp(
                customerId,
                enabled,
                below,
                packageId,
                price(),
                credits,
                methodId,
                mostADay,
                mostAMonth,
                renewals,
                low,
                declines,
                currentPurchase,
                nextTryAt,
                stopped,
                allowedByName,
                allowedAt,
                version);
    }
}

package org.bursar.purchases.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.PurchaseId;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.purchases.PurchaseState;
import org.jspecify.annotations.Nullable;

/** A purchase that is to be stored. */
public record NewPurchaseRow(
        PurchaseId purchaseId,
        CustomerId customerId,
        @Nullable PackageId packageId,
        @Nullable PurchaseId planSale,
        String title,
        long priceMinor,
        String priceCurrency,
        BigDecimal credits,
        String gatewayId,
        boolean manual,
        Mode mode,
        PurchaseState state,
        Instant nextLookAt,
        Instant createdAt) {}

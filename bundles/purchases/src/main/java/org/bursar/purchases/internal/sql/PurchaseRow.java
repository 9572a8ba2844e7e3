package org.bursar.purchases.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.PurchaseId;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.purchases.PurchaseState;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code purchases.purchase}.
 *
 * @param planSale the purchase in which the plan was taken whose period this pays for, itself for the first; null: of a package
 */
public record PurchaseRow(
        PurchaseId purchaseId,
        long number,
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
        BigDecimal credited,
        int creditStep,
        @Nullable Long receivedMinor,
        long refundedMinor,
        @Nullable String refKind,
        @Nullable String refId,
        @Nullable String nextStep,
        @Nullable String alert,
        boolean dirty,
        int looks,
        @Nullable Instant nextLookAt,
        long ticket,
        long appliedTicket,
        @Nullable String decidedBy,
        @Nullable String decidedByName,
        @Nullable Instant decidedAt,
        @Nullable String evidence,
        @Nullable String reason,
        @Nullable Instant approvedAt,
        @Nullable Instant expiresAt,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    private static final String NUMBER_PREFIX = "PUR-";

    /** Whether it is a later period of a plan, which the provider has begun by itself. */
    public boolean period() {
        return planSale != null && !planSale.equals(purchaseId);
    }

    /** What it costs. */
    public Money price() {
        return new Money(priceCurrency, priceMinor);
    }

    /** The number as people quote it. */
    public String shownNumber() {
        return shown(number);
    }

    /** A number as people quote it. */
    public static String shown(long number) {
        return NUMBER_PREFIX + number;
    }
}

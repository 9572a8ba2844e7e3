package org.bursar.purchases.internal.sql;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.PurchaseId;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.purchases.PurchaseState;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code purchases.plan_sale}.
 *
 * @param refKind what the provider calls the payment that began it; null: not known yet
 * @param paid whether that payment was ever credited
 * @param newest how the newest period's purchase stands
 */
public record SaleRow(
        PurchaseId purchaseId,
        CustomerId customerId,
        PlanId planId,
        int planVersion,
        String gatewayId,
        Mode mode,
        String status,
        boolean failing,
        @Nullable String subscriptionKind,
        @Nullable String subscriptionId,
        int looks,
        Instant nextLookAt,
        @Nullable String refKind,
        @Nullable String refId,
        boolean paid,
        PurchaseState newest) {
    public static final String OPEN = "OPEN";
    public static final String RUNNING = "RUNNING";
    public static final String STOPPING = "STOPPING";
    public static final String ENDED = "ENDED";

    /** Whether it stands so. */
    public boolean is(String wanted) {
        return status.equals(wanted);
    }

    /** What the provider is asked about: the subscription, or until its name is known the payment that began it. */
    public Optional<PaymentRef> ref() {
        String kind = subscriptionKind == null ? refKind : subscriptionKind;
        return kind == null
                ? Optional.empty()
                : Optional.of(
                        PaymentRef.of(kind, Objects.requireNonNull(subscriptionKind == null ? refId : subscriptionId)));
    }
}

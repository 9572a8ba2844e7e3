package org.bursar.purchases.internal.sql;

import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.SavedMethodId;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.SavedMethodRef;
import org.bursar.purchases.SavedMethod;

/** A row of {@code purchases.saved_method}. */
public record MethodRow(
        SavedMethodId methodId,
        CustomerId customerId,
        String gatewayId,
        Mode mode,
        String providerCustomer,
        String providerMethod,
        boolean active,
        Instant createdAt) {
    /** As the provider knows it. */
    public SavedMethodRef ref() {
        return SavedMethodRef.of(providerCustomer, providerMethod);
    }

    /** As others see it. */
    public SavedMethod method() {
        return new SavedMethod(methodId, customerId, gatewayId, mode == Mode.LIVE, active, createdAt);
    }
}

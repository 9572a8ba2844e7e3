package org.bursar.purchases.internal.sql;

import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.SavedMethodId;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code purchases.top_up_charge}.
 *
 * @param byPayer whether the payer was asked to pay it
 * @param declined why it was refused, once that was counted
 */
public record ChargeRow(
        PurchaseId purchaseId,
        CustomerId customerId,
        SavedMethodId methodId,
        boolean byPayer,
        @Nullable String declined) {}

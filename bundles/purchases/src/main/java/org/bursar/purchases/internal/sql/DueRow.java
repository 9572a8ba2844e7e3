package org.bursar.purchases.internal.sql;

import org.bursar.kernel.PurchaseId;

/** A purchase that is due, and whom to ask about it. */
public record DueRow(PurchaseId purchaseId, String gatewayId) {}

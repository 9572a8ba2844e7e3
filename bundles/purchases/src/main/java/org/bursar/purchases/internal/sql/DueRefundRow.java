package org.bursar.purchases.internal.sql;

import org.bursar.kernel.RefundId;

/** A refund that is to be asked for, and whom to ask. */
public record DueRefundRow(RefundId refundId, String gatewayId) {}

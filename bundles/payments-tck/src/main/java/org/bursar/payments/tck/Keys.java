package org.bursar.payments.tck;

import org.bursar.payments.spi.IdempotencyKey;

/** Keys as the platform makes them: by purchase, operation and count. */
final class Keys {
    private Keys() {}

    static IdempotencyKey refund(TckBench.Begun begun, int count) {
        return IdempotencyKey.of("tck:" + begun.purchaseId() + ":refund:" + count);
    }

    static IdempotencyKey charge(String purchaseId) {
        return IdempotencyKey.of("tck:" + purchaseId + ":charge:1");
    }

    static IdempotencyKey cancel(String purchaseId) {
        return IdempotencyKey.of("tck:" + purchaseId + ":cancel:1");
    }
}

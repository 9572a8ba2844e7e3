package org.bursar.purchases.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.PaymentRef;

/**
 * Payments of which the provider has shown that they are of no purchase. An account that is used for other things as well has several
 * events of each payment, and only the first of them costs a question. What is forgotten, or known to another node alone, is asked
 * again: at most 10,000 are kept, each for an hour.
 */
final class ForeignPayments {
    private static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofHours(1);

    private record Payment(TenantId tenant, String gateway, PaymentRef ref) {}

    private final Map<Payment, Instant> shown = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Payment, Instant> eldest) {
            return size() > MOST;
        }
    };

    /** The provider has shown it at that time. */
    synchronized void add(TenantId tenant, String gateway, PaymentRef ref, Instant now) {
        shown.put(new Payment(tenant, gateway, ref), now);
    }

    synchronized boolean contains(TenantId tenant, String gateway, PaymentRef ref, Instant now) {
        Instant then = shown.get(new Payment(tenant, gateway, ref));
        return then != null && now.isBefore(then.plus(KEPT));
    }
}

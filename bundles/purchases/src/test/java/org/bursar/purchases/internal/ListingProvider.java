package org.bursar.purchases.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.payments.spi.ChangeFeed;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.PaymentRef;

/** A provider that lists what changed; its cursor is the number of those that were listed before. */
final class ListingProvider extends FakeProvider implements ChangeFeed {
    final List<PaymentRef> changed = new CopyOnWriteArrayList<>();
    final List<Optional<String>> cursors = new CopyOnWriteArrayList<>();
    final AtomicInteger looked = new AtomicInteger();
    volatile boolean down;
    /** Tenants whose keys are good no more. */
    final Set<String> revoked = ConcurrentHashMap.newKeySet();

    ListingProvider(String id) {
        super(id);
        Show usual = show;
        show = (context, ref) -> {
            looked.incrementAndGet();
            if (ref.id().startsWith("odd")) {
                throw new GatewayException(Kind.OUTCOME_UNKNOWN, "read timed out");
            }
            return usual.show(context, ref);
        };
    }

    /** The payment is listed under a name that nobody here knows, as a refund or a dispute names it. */
    void lists(Object purchase) {
        changed.add(PaymentRef.of("charge", "cs_" + purchase));
    }

    @Override
    public Changes changes(GatewayContext context, Optional<String> cursor, int limit) throws GatewayException {
        cursors.add(cursor);
        if (revoked.contains(context.tenantId())) {
            throw new GatewayException(Kind.BAD_CREDENTIALS, "the key was revoked");
        }
        if (down) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "read timed out");
        }
        int from = cursor.map(Integer::parseInt).orElse(0);
        int to = Math.min(changed.size(), from + limit);
        return Changes.of(changed.subList(from, to), Integer.toString(to));
    }
}

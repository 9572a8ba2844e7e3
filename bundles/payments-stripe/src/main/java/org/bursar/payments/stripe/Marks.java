package org.bursar.payments.stripe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayException;
import org.jspecify.annotations.Nullable;

/** What we write into the metadata of Stripe's objects, to know them again. */
final class Marks {
    static final String PURCHASE = "bursar_purchase";
    static final String TENANT = "bursar_tenant";
    static final String NUMBER = "bursar_number";
    /** The idempotency key: the object that one operation made is found by it when Stripe has forgotten the key. */
    static final String OPERATION = "bursar_operation";
    /** How a payment began. */
    static final String ORIGIN = "bursar_origin";
    /** On a session that was stopped by us: Stripe itself shows it as expired. */
    static final String CANCELLED = "bursar_cancelled";

    static final String CHECKOUT = "checkout";
    static final String CHARGE = "charge";

    private static final int MOST = 40;
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_VALUE = 500;

    private Marks() {}

    static Map<String, String> of(GatewayContext context, String purchaseId, String operation, String origin) {
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put(PURCHASE, purchaseId);
        marks.put(TENANT, context.tenantId());
        marks.put(OPERATION, operation);
        marks.put(ORIGIN, origin);
        return marks;
    }

    /** Adds what the platform asks to be added. Stripe's bounds are tighter than the interface's. */
    static void add(Map<String, String> marks, Map<String, String> more) throws GatewayException {
        for (Map.Entry<String, String> pair : more.entrySet()) {
            if (pair.getKey().length() > LONGEST_NAME || pair.getValue().length() > LONGEST_VALUE) {
                throw new GatewayException(
                        GatewayException.Kind.INVALID_REQUEST,
                        "Stripe's metadata has names of at most 40 and values of at most 500 characters");
            }
            marks.putIfAbsent(pair.getKey(), pair.getValue());
        }
        if (marks.size() > MOST) {
            throw new GatewayException(GatewayException.Kind.INVALID_REQUEST, "Stripe's metadata has at most 50 pairs");
        }
    }

    static Optional<String> purchase(@Nullable Map<String, String> metadata) {
        return value(metadata, PURCHASE);
    }

    static Optional<String> value(@Nullable Map<String, String> metadata, String name) {
        return metadata == null
                ? Optional.empty()
                : Optional.ofNullable(metadata.get(name)).filter(text -> !text.isEmpty());
    }

    /** Whether an object belongs to a purchase of this tenant: two tenants may share an account. */
    static boolean fit(@Nullable Map<String, String> metadata, GatewayContext context, String purchaseId) {
        return purchase(metadata).filter(purchaseId::equals).isPresent()
                && value(metadata, TENANT).filter(context.tenantId()::equals).isPresent();
    }
}

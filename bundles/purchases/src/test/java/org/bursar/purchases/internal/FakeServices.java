package org.bursar.purchases.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.payments.spi.PaymentGateway;

/** A service registry of our own. */
final class FakeServices implements GatewayServices {
    final AtomicInteger open = new AtomicInteger();
    private final Map<String, PaymentGateway> gateways = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<String, Long> serviceIds = new ConcurrentHashMap<>();

    void register(String id, PaymentGateway gateway) {
        gateways.put(id, gateway);
        serviceIds.put(id, (long) ids.incrementAndGet());
    }

    void unregister(String id) {
        gateways.remove(id);
    }

    @Override
    public Optional<Lease> lease(String id) {
        return Optional.ofNullable(gateways.get(id)).map(gateway -> {
            open.incrementAndGet();
            return new Lease() {
                @Override
                public PaymentGateway gateway() {
                    return gateway;
                }

                @Override
                public long serviceId() {
                    return serviceIds.get(id);
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        });
    }

    @Override
    public boolean present(String id) {
        return gateways.containsKey(id);
    }

    @Override
    public List<Registered> registered() {
        return gateways.keySet().stream()
                .sorted()
                .map(id -> new Registered(id, serviceIds.get(id), "test." + id, "1.0.0", "[1.0,2)"))
                .toList();
    }
}

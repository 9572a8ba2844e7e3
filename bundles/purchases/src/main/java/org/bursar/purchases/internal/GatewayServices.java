package org.bursar.purchases.internal;

import java.util.List;
import java.util.Optional;
import org.bursar.payments.spi.PaymentGateway;

/** The gateways that are registered at this moment. A gateway is used while its lease is open, and never kept. */
interface GatewayServices {
    /** The gateway with exactly this id; of two that claim it, the one that was there first. */
    Optional<Lease> lease(String id);

    /** Whether a gateway with exactly this id is registered; runs no code of the gateway. */
    boolean present(String id);

    /** Every gateway, by id. */
    List<Registered> registered();

    /** A gateway in use. */
    interface Lease extends AutoCloseable {
        /** The service object. */
        PaymentGateway gateway();

        /** Tells one registration from another of the same id. */
        long serviceId();

        @Override
        void close();
    }

    /**
     * A registration.
     *
     * @param apiRange which versions of the SPI its bundle imports; empty when it is not told
     */
    record Registered(String id, long serviceId, String bundle, String version, String apiRange) {}
}

package org.bursar.webhooks;

import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.WebhookDeliveryId;
import org.bursar.kernel.WebhookEndpointId;
import org.osgi.annotation.versioning.ProviderType;

/** A tenant's addresses and what was sent to them; a customer's own callers have no part in it. Writes are in the audit log. */
@ProviderType
public interface Webhooks {
    /** The most addresses that a tenant has. */
    int MOST_ENDPOINTS = 20;

    /** An address, and the secret that is shown once. */
    record Created(WebhookEndpointId id, String secret) {
        @Override
        public String toString() {
            return id.toString();
        }
    }

    /**
     * Creates an address.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid}; {@link WebhooksProblems#TOO_MANY_ENDPOINTS}
     */
    Created create(Scope scope, EndpointDraft draft);

    /**
     * One address.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    WebhookEndpoint get(Scope scope, WebhookEndpointId id);

    /** Addresses, oldest first. */
    Page<WebhookEndpoint> list(Scope scope, Page.Request page);

    /**
     * Changes an address. To enable it clears its failures.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}, {@code invalid}, {@code stale}
     */
    WebhookEndpoint update(Scope scope, WebhookEndpointId id, EndpointDraft draft, OptionalLong version);

    /** Removes an address and what waits for it. One that is not there is no error when the version is open. */
    void delete(Scope scope, WebhookEndpointId id, OptionalLong version);

    /** Gives an address another secret; the one before signs too for a day. */
    Created rotate(Scope scope, WebhookEndpointId id);

    /** Sends an event of the type {@code webhook.test} to one address, whatever it wants. */
    WebhookDeliveryId test(Scope scope, WebhookEndpointId id);

    /** Deliveries, newest first. */
    Page<WebhookDelivery> deliveries(
            Scope scope, Optional<WebhookEndpointId> endpoint, Optional<DeliveryStatus> status, Page.Request page);

    /**
     * One delivery.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    WebhookDelivery delivery(Scope scope, WebhookDeliveryId id);

    /** What is sent, byte for byte. */
    String payload(Scope scope, WebhookDeliveryId id);

    /**
     * Sends a delivery again, from the first attempt on; one that waits goes at once.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@link WebhooksProblems#ENDPOINT_DISABLED}
     */
    WebhookDelivery replay(Scope scope, WebhookDeliveryId id);
}

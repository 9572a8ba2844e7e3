package org.bursar.payments.spi;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Facet: one webhook endpoint of the platform's serves many tenants, as with Stripe Connect. */
@ConsumerType
public interface SharedEndpoint {
    /**
     * Verifies a webhook and says whose it is. No network.
     *
     * @param platform the platform's own settings
     * @return the provider's account id; empty when the event is about the platform's own account
     */
    Optional<String> accountOf(GatewayContext platform, WebhookRequest raw) throws WebhookRejected;
}

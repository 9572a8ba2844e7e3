package org.bursar.payments.spi;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Facet: one webhook endpoint of the platform's serves many tenants, as with Stripe Connect. What comes there is verified by
 * {@link #accountOf} with the platform's own settings. The tenant whose settings name that account in the field
 * {@link #ACCOUNT} gets it: {@link PaymentGateway#handleWebhook} is called with that tenant's settings and mode, and with the
 * platform's secrets, since the endpoint that signed it is the platform's.
 */
@ConsumerType
public interface SharedEndpoint {
    /** The field of a tenant's settings that holds the provider's account id. Only the platform's own admins may set it. */
    String ACCOUNT = "account";

    /**
     * Verifies a webhook and says whose it is. No network.
     *
     * @param platform the platform's own settings
     * @return the provider's account id; empty when the event is about the platform's own account
     */
    Optional<String> accountOf(GatewayContext platform, WebhookRequest raw) throws WebhookRejected;
}

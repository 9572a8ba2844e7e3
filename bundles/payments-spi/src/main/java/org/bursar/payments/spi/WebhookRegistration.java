package org.bursar.payments.spi;

import java.net.URI;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Facet: the gateway can register the webhook address at the provider by itself. */
@ConsumerType
public interface WebhookRegistration {
    /**
     * Creates or repairs the endpoint. Repeating it makes no second one.
     *
     * @param endpoint the platform's address for this tenant's instance of the gateway
     * @return settings to store, such as the signing secret; their names are fields of the settings schema
     */
    Map<String, String> ensureWebhook(GatewayContext context, URI endpoint) throws GatewayException;
}

package org.bursar.payments.spi;

import java.net.URI;
import org.osgi.annotation.versioning.ConsumerType;

/** Facet: the provider has pages on which a payer manages methods and receipts. */
@ConsumerType
public interface CustomerPortal {
    /**
     * A link into these pages, for one visit.
     *
     * @param providerCustomerId as {@link PaymentSnapshot#savedMethod()} showed it
     * @param returnTo a page of the tenant's own, where the visit ends
     */
    URI portal(GatewayContext context, String providerCustomerId, URI returnTo) throws GatewayException;
}

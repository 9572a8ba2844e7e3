package org.bursar.purchases;

import java.util.List;
import java.util.Optional;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** A tenant's own side of a gateway: where its provider sends webhooks, and how the provider is. */
@ProviderType
public interface GatewayInstances {
    /**
     * The address for the provider; empty when people decide, so that no provider sends anything, or for a customer's caller.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    Optional<WebhookAddress> webhook(Scope scope, String gateway);

    /**
     * Makes another address. The one before is good for another day, so that the provider can be told.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}, {@code forbidden}; {@code no_webhooks} when people decide
     */
    WebhookAddress rotate(Scope scope, String gateway);

    /**
     * Checks that a provider can be told the address, and audits that somebody asks for it; joins the transaction of its caller.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}, {@code forbidden}; {@code no_webhooks} when people decide;
     *     {@code webhook_not_registered} when the account's webhooks come to an address of the platform's
     */
    void planRegistration(Scope scope, String gateway);

    /**
     * Has the gateway tell its provider the address, and stores what the provider gives for it, such as the signing secret. It may be
     * repeated. Not inside a transaction.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}, {@code forbidden}; {@code gateway_unavailable} while no bundle
     *     offers it; {@code webhook_not_registered} when the gateway cannot, or the provider refused or did not answer; {@code
     *     stale} when somebody changed the settings meanwhile
     */
    WebhookAddress register(Scope scope, String gateway);

    /**
     * Asks the provider how it is, or gives what it answered within the last half minute. Not inside a transaction.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}, {@code forbidden}
     */
    GatewayHealth health(Scope scope, String gateway);

    /** How many days {@link #days} tells of at most, today among them. */
    int HEALTH_DAYS = 28;

    /**
     * How the provider was on each of the last days on which it was asked, the oldest first. The provider is not asked for it.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}, {@code forbidden}
     */
    List<HealthDay> days(Scope scope, String gateway);

    /**
     * The webhooks that wait.
     *
     * @throws org.bursar.kernel.ProblemException {@code forbidden}
     */
    WaitingWebhooks waiting(Scope scope, String gateway);
}

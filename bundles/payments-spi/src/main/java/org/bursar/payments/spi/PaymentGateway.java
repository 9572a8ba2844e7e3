package org.bursar.payments.spi;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One payment provider. Register it as an OSGi service of this type with the service property {@code bursar.gateway.id},
 * whose value is {@link GatewayDescriptor#id()}.
 *
 * <p>A gateway is stateless and thread-safe: it keeps no caches by tenant, has no threads that outlive its service (an HTTP
 * client's may, for a few seconds), owns no tables, paths, pages or commands, and gets each tenant's settings in the {@link GatewayContext} of the call. The platform looks the service up for
 * every call, calls it outside any database transaction, on a thread of the gateway's own bulkhead, and interrupts that
 * thread at {@link GatewayContext#deadline()}.
 *
 * <p>A gateway reports facts; the platform alone derives the purchase's state and posts credit. Anything thrown that is no
 * {@link GatewayException}, {@code LinkageError} after an update of the bundle included, counts as
 * {@link GatewayException.Kind#OUTCOME_UNKNOWN}, and so does an answer of {@code null} or one that comes too late.
 *
 * <p>Further abilities are facets: interfaces of this package that the same object implements as well. {@code instanceof} is
 * the capability: {@link Refunds}, {@link SavedMethods}, {@link Cancellable}, {@link ChangeFeed}, {@link ManualDecision},
 * {@link SharedEndpoint}, {@link SubscriptionControl}, {@link CustomerPortal}, {@link WebhookRegistration}.
 */
@ConsumerType
public interface PaymentGateway {
    /** The service property that carries the gateway's id. */
    String ID_PROPERTY = "bursar.gateway.id";

    /** What this gateway is and which settings it needs. Constant for the life of the service; no I/O. */
    GatewayDescriptor descriptor();

    /**
     * Starts a checkout. It must not charge anybody without the payer.
     *
     * <p>It must be safe to repeat: send {@link CheckoutRequest#key()} as the provider's idempotency key, or make the creation
     * idempotent in another way. The platform stored the request before the call and repeats it, equal in every part, for up
     * to 23 hours while the outcome is unknown. Put {@link CheckoutRequest#purchaseId()} into the provider's metadata, where
     * {@link #fetch} and {@link #locate} find it again.
     *
     * @param context whose settings, which mode, how long
     * @param request what to be paid for
     * @return what the payer does next; never null
     * @throws GatewayException with the kind that says whether anything happened
     */
    CheckoutStart startCheckout(GatewayContext context, CheckoutRequest request) throws GatewayException;

    /**
     * The present truth about a payment. Read-only; strongly consistent reads only (no search index); amounts are cumulative
     * and read from the provider, never from memory: amount, mode and purchase id as the provider has them, even where they are
     * not what was asked for. The platform compares.
     *
     * @param ref as {@link #startCheckout}, {@link #locate}, a webhook or a {@link ChangeFeed} named it, of whichever kind
     * @return every fact that the provider shows; never null
     * @throws GatewayException {@link GatewayException.Kind#NOT_FOUND} when the provider knows no such payment; {@link GatewayException.Kind#UNSUPPORTED} from a {@link ManualDecision} gateway, which is never asked
     */
    PaymentSnapshot fetch(GatewayContext context, PaymentRef ref) throws GatewayException;

    /**
     * Finds the payments of a purchase whose reference was lost on the way.
     *
     * @param purchaseId as given in {@link CheckoutRequest#purchaseId()}
     * @param createdAfter no payment of the purchase is older
     * @return empty means provably none: every page was read and none failed
     * @throws GatewayException when any read failed or there was more than could be read; whoever is not sure throws
     *     {@link GatewayException.Kind#OUTCOME_UNKNOWN}
     */
    List<PaymentRef> locate(GatewayContext context, String purchaseId, Instant createdAfter) throws GatewayException;

    /**
     * Verifies a webhook's raw bytes, then says which payments to look at. It must not use the network and decides nothing: a
     * webhook is a hint, and the platform calls {@link #fetch} for each payment named. Verify before anything of the body is
     * believed, try {@link GatewayContext#previousSecret} too, and judge the age by {@link WebhookRequest#receivedAt()}.
     *
     * @return which payments to look at; an event of a type that is not known is {@link WebhookOutcome#notUnderstood}
     * @throws WebhookRejected when signature, age, account or mode are wrong, or the gateway knows no webhooks
     */
    WebhookOutcome handleWebhook(GatewayContext context, WebhookRequest raw) throws WebhookRejected;

    /** A cheap authenticated read of at most 5 seconds. A provider's fault is reported, never thrown. */
    Health health(GatewayContext context);
}

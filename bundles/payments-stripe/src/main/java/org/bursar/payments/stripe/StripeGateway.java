package org.bursar.payments.stripe;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bursar.payments.spi.Cancellable;
import org.bursar.payments.spi.ChangeFeed;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.CustomerPortal;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayDescriptor;
import org.bursar.payments.spi.GatewayDescriptor.Feature;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.Health;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.OperationResult;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.Refunds;
import org.bursar.payments.spi.SavedMethodRef;
import org.bursar.payments.spi.SavedMethods;
import org.bursar.payments.spi.SharedEndpoint;
import org.bursar.payments.spi.SubscriptionControl;
import org.bursar.payments.spi.SubscriptionSnapshot;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookRegistration;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRequest;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Stripe. Each call makes a client of its own with the tenant's key; connections alone are shared, and know no key. */
@Component(service = PaymentGateway.class, property = PaymentGateway.ID_PROPERTY + "=" + StripeGateway.ID)
public final class StripeGateway
        implements PaymentGateway,
                Refunds,
                SavedMethods,
                Cancellable,
                ChangeFeed,
                SharedEndpoint,
                SubscriptionControl,
                CustomerPortal,
                WebhookRegistration {
    static final String ID = "stripe";

    private static final Duration CONNECT = Duration.ofSeconds(4);
    private static final Duration HEALTH = Duration.ofSeconds(5);
    private static final int MOST_THREADS = 16;
    private static final long IDLE_SECONDS = 2;

    private static final GatewayDescriptor DESCRIPTOR = GatewayDescriptor.builder(ID, "Stripe")
            .features(
                    Feature.ONE_OFF,
                    Feature.SUBSCRIPTION,
                    Feature.PARTIAL_REFUND,
                    Feature.HOSTED_REDIRECT,
                    Feature.REVIEW_SIGNAL)
            .settings(Settings.SCHEMA)
            .apiVersion(com.stripe.Stripe.API_VERSION)
            .build();

    private @Nullable HttpClient http;

    @Activate
    public StripeGateway() {}

    /** Calls in flight keep the connections; nothing else does, and with them the JDK's thread ends. */
    @Deactivate
    synchronized void letGo() {
        http = null;
    }

    /** Made for the first call: a gateway that nobody uses has no thread. */
    private synchronized HttpClient http() {
        HttpClient present = http;
        if (present == null) {
            ThreadPoolExecutor threads = new ThreadPoolExecutor(
                    0, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), StripeGateway::thread);
            threads.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
            present = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .executor(threads)
                    .build();
            http = present;
        }
        return present;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "stripe-http");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    private StripeCall call(GatewayContext context) throws GatewayException {
        return StripeCall.of(context, http());
    }

    @Override
    public GatewayDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public CheckoutStart startCheckout(GatewayContext context, CheckoutRequest request) throws GatewayException {
        return Checkouts.start(call(context), request);
    }

    @Override
    public PaymentSnapshot fetch(GatewayContext context, PaymentRef ref) throws GatewayException {
        return Facts.of(call(context), ref);
    }

    @Override
    public List<PaymentRef> locate(GatewayContext context, String purchaseId, Instant createdAfter)
            throws GatewayException {
        return Search.of(call(context), purchaseId, createdAfter);
    }

    @Override
    public WebhookOutcome handleWebhook(GatewayContext context, WebhookRequest raw) throws WebhookRejected {
        return Webhooks.outcome(context, raw);
    }

    @Override
    public Optional<String> accountOf(GatewayContext platform, WebhookRequest raw) throws WebhookRejected {
        return Webhooks.accountOf(platform, raw);
    }

    @Override
    public Health health(GatewayContext context) {
        try {
            return Endpoints.health(StripeCall.of(context, http(), HEALTH));
        } catch (GatewayException e) {
            return Endpoints.sick(e);
        }
    }

    @Override
    public OperationResult refund(
            GatewayContext context, PaymentRef ref, Money amount, IdempotencyKey key, String reason)
            throws GatewayException {
        return RefundOrders.refund(call(context), ref, amount, key, reason);
    }

    @Override
    public OperationResult charge(
            GatewayContext context, SavedMethodRef method, Money amount, String purchaseId, IdempotencyKey key)
            throws GatewayException {
        return SavedCharges.charge(call(context), method, amount, purchaseId, key);
    }

    @Override
    public void forget(GatewayContext context, SavedMethodRef method) throws GatewayException {
        SavedCharges.forget(call(context), method);
    }

    @Override
    public PaymentSnapshot cancel(GatewayContext context, PaymentRef ref, IdempotencyKey key) throws GatewayException {
        return Checkouts.cancel(call(context), ref, key);
    }

    @Override
    public Changes changes(GatewayContext context, Optional<String> cursor, int limit) throws GatewayException {
        return EventFeed.changes(call(context), cursor, limit);
    }

    @Override
    public PaymentSnapshot cancelSubscription(
            GatewayContext context, PaymentRef subscription, boolean atPeriodEnd, IdempotencyKey key)
            throws GatewayException {
        return Subscriptions.cancel(call(context), subscription, atPeriodEnd, key);
    }

    @Override
    public SubscriptionSnapshot subscription(GatewayContext context, PaymentRef subscription) throws GatewayException {
        return Subscriptions.seen(call(context), subscription);
    }

    @Override
    public URI portal(GatewayContext context, String providerCustomerId, URI returnTo) throws GatewayException {
        return Endpoints.portal(call(context), providerCustomerId, returnTo);
    }

    @Override
    public Map<String, String> ensureWebhook(GatewayContext context, URI endpoint) throws GatewayException {
        return Endpoints.ensure(call(context), endpoint);
    }
}

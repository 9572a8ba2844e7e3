package org.bursar.payments.tck.specimen;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.Cancellable;
import org.bursar.payments.spi.ChangeFeed;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.CustomerPortal;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayDescriptor;
import org.bursar.payments.spi.GatewayDescriptor.Feature;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.OperationResult;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.SavedMethodRef;
import org.bursar.payments.spi.SavedMethods;
import org.bursar.payments.spi.SharedEndpoint;
import org.bursar.payments.spi.SubscriptionControl;
import org.bursar.payments.spi.SubscriptionSnapshot;
import org.bursar.payments.spi.WebhookRegistration;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRejected.Why;
import org.bursar.payments.spi.WebhookRequest;

/** The specimen with every facet and feature that there is, so that no case is left out. */
class VersatileGateway extends ProviderGateway
        implements SavedMethods,
                Cancellable,
                ChangeFeed,
                CustomerPortal,
                WebhookRegistration,
                SharedEndpoint,
                SubscriptionControl {
    private final ProviderApi api;

    VersatileGateway() {
        this(new ProviderApi());
    }

    VersatileGateway(ProviderApi api) {
        super(api);
        this.api = api;
    }

    @Override
    public GatewayDescriptor descriptor() {
        return GatewayDescriptor.builder(ID, "Versatile")
                .features(
                        Feature.ONE_OFF,
                        Feature.SUBSCRIPTION,
                        Feature.HOSTED_REDIRECT,
                        Feature.PARTIAL_REFUND,
                        Feature.REVIEW_SIGNAL,
                        Feature.MULTIPLE_PAYMENTS_PER_CHECKOUT)
                .settings(super.descriptor().settings())
                .build();
    }

    @Override
    public CheckoutStart startCheckout(GatewayContext context, CheckoutRequest request) throws GatewayException {
        if (request.interval().isEmpty()) {
            return super.startCheckout(context, request);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("amount", request.amount().amount());
        body.put("currency", request.amount().currency());
        body.put("reference", request.purchaseId());
        body.put("every", request.interval().get());
        Map<String, Object> payment = api.post(context, "/v1/payments", request.key(), body);
        return CheckoutStart.redirect(
                ref(payment), URI.create(Json.text(payment, "url")), Instant.parse(Json.text(payment, "expires_at")));
    }

    @Override
    PaymentSnapshot snapshot(Map<String, Object> payment) {
        PaymentSnapshot shown = super.snapshot(payment).withReviewOpen(Boolean.TRUE.equals(payment.get("review")));
        return payment.containsKey("renewing") ? shown.withSubscription(subscription(payment)) : shown;
    }

    private static PaymentRef subscription(Map<String, Object> payment) {
        return PaymentRef.of("subscription", Json.text(payment, "id"));
    }

    @Override
    public OperationResult charge(
            GatewayContext context, SavedMethodRef method, Money amount, String purchaseId, IdempotencyKey key)
            throws GatewayException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("method", method.methodId());
        body.put("amount", amount.amount());
        body.put("currency", amount.currency());
        body.put("reference", purchaseId);
        Map<String, Object> payment = api.post(context, "/v1/charges", key, body);
        return payment.get("decline") instanceof String code
                ? OperationResult.declined(ref(payment), Decline.of(chargeCode(code), code, false))
                : OperationResult.accepted(ref(payment), snapshot(payment));
    }

    DeclineCode chargeCode(String code) {
        return switch (code) {
            case "authentication_required" -> DeclineCode.AUTHENTICATION_REQUIRED;
            case "method_gone" -> DeclineCode.METHOD_GONE;
            default -> declineCode(code);
        };
    }

    @Override
    public void forget(GatewayContext context, SavedMethodRef method) throws GatewayException {
        String path = "/v1/methods/" + method.methodId() + "/forget";
        api.post(context, path, IdempotencyKey.of("forget:" + method.methodId()), Map.of());
    }

    @Override
    public PaymentSnapshot cancel(GatewayContext context, PaymentRef ref, IdempotencyKey key) throws GatewayException {
        return snapshot(api.post(context, "/v1/payments/" + ref.id() + "/cancel", key, Map.of()));
    }

    @Override
    public PaymentSnapshot cancelSubscription(
            GatewayContext context, PaymentRef subscription, boolean atPeriodEnd, IdempotencyKey key)
            throws GatewayException {
        return snapshot(api.post(context, "/v1/payments/" + subscription.id() + "/stop", key, Map.of()));
    }

    @Override
    public SubscriptionSnapshot subscription(GatewayContext context, PaymentRef subscription) throws GatewayException {
        Map<String, Object> payment = api.get(context, "/v1/payments/" + subscription.id());
        if (!(payment.get("renewing") instanceof Boolean renewing)) {
            throw new GatewayException(GatewayException.Kind.NOT_FOUND, "the payment began no subscription");
        }
        return SubscriptionSnapshot.of(
                subscription(payment),
                renewing ? SubscriptionSnapshot.Status.RUNNING : SubscriptionSnapshot.Status.ENDED,
                List.of());
    }

    @Override
    public Changes changes(GatewayContext context, Optional<String> cursor, int limit) throws GatewayException {
        Map<String, Object> page = api.get(context, "/v1/changes?from=" + cursor.orElse("0") + "&limit=" + limit);
        List<PaymentRef> refs =
                Json.list(page, "items").stream().map(ProviderGateway::ref).toList();
        return Changes.of(refs, Json.text(page, "next"));
    }

    @Override
    public URI portal(GatewayContext context, String providerCustomerId, URI returnTo) throws GatewayException {
        return URI.create(Json.text(api.get(context, "/v1/portal?customer=" + providerCustomerId), "url"));
    }

    @Override
    public Map<String, String> ensureWebhook(GatewayContext context, URI endpoint) throws GatewayException {
        IdempotencyKey key = IdempotencyKey.of("webhook:" + endpoint);
        Map<String, Object> made = api.post(context, "/v1/webhooks", key, Map.of("url", endpoint));
        return Map.of(WEBHOOK_SECRET, Json.text(made, "secret"));
    }

    @Override
    public Optional<String> accountOf(GatewayContext platform, WebhookRequest raw) throws WebhookRejected {
        verify(platform, raw);
        try {
            return Optional.of(Json.text(Json.read(new String(raw.body(), StandardCharsets.UTF_8)), "account"));
        } catch (IllegalArgumentException e) {
            throw new WebhookRejected(Why.MALFORMED, "the event is not understood");
        }
    }
}

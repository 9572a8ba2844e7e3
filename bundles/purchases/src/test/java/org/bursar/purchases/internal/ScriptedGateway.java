package org.bursar.purchases.internal;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayDescriptor;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.Health;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRequest;

/** A gateway that does what a test says, and remembers what it was asked. */
class ScriptedGateway implements PaymentGateway {
    /** What a test makes it do at the start of a checkout. */
    interface Start {
        CheckoutStart start(GatewayContext context, CheckoutRequest request) throws GatewayException;
    }

    /** What a test makes it show. */
    interface Show {
        PaymentSnapshot show(GatewayContext context, PaymentRef ref) throws GatewayException;
    }

    /** What a test makes of webhooks. */
    interface Hook {
        WebhookOutcome read(GatewayContext context, WebhookRequest raw) throws WebhookRejected;
    }

    volatile Hook hook = SignedWebhooks::read;
    final List<CheckoutRequest> requests = Collections.synchronizedList(new ArrayList<>());
    volatile Start start = (context, request) -> redirect(request);
    volatile Show show = (context, ref) -> snapshot(ref, PaymentSnapshot.Phase.OPEN, 0);
    volatile List<PaymentRef> located = List.of();
    private final String id;
    private final SettingsSchema schema;

    ScriptedGateway(String id, SettingsSchema schema) {
        this.id = id;
        this.schema = schema;
    }

    ScriptedGateway(String id) {
        this(id, SettingsSchema.builder(1).build());
    }

    static CheckoutStart redirect(CheckoutRequest request) {
        return CheckoutStart.redirect(
                PaymentRef.of("session", "cs_" + request.purchaseId()),
                URI.create("https://pay.example/" + request.purchaseId()),
                Instant.parse("2026-11-22T10:00:00Z"));
    }

    static PaymentSnapshot snapshot(PaymentRef ref, PaymentSnapshot.Phase phase, long captured) {
        return PaymentSnapshot.of(
                ref,
                phase,
                GatewayContext.Mode.LIVE,
                Optional.of(ref.id().substring("cs_".length())),
                Money.of("USD", captured));
    }

    @Override
    public GatewayDescriptor descriptor() {
        return GatewayDescriptor.builder(id, "Scripted").settings(schema).build();
    }

    @Override
    public CheckoutStart startCheckout(GatewayContext context, CheckoutRequest request) throws GatewayException {
        requests.add(request);
        return start.start(context, request);
    }

    @Override
    public PaymentSnapshot fetch(GatewayContext context, PaymentRef ref) throws GatewayException {
        return show.show(context, ref);
    }

    @Override
    public List<PaymentRef> locate(GatewayContext context, String purchaseId, Instant createdAfter)
            throws GatewayException {
        return located;
    }

    @Override
    public WebhookOutcome handleWebhook(GatewayContext context, WebhookRequest raw) throws WebhookRejected {
        return hook.read(context, raw);
    }

    @Override
    public Health health(GatewayContext context) {
        return Health.up();
    }
}

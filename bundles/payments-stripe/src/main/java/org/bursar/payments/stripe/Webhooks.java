package org.bursar.payments.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookOutcome.Hint;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRejected.Why;
import org.bursar.payments.spi.WebhookRequest;
import org.jspecify.annotations.Nullable;

/**
 * Events, read from their raw JSON: the endpoint may be of another API version than the library, whose classes would then
 * show nothing. Only what names objects is read; nothing else of an event is believed.
 */
final class Webhooks {
    /** What the endpoint is registered for, and what is understood. */
    static final Set<String> TYPES = Set.of(
            "checkout.session.completed",
            "checkout.session.async_payment_succeeded",
            "checkout.session.async_payment_failed",
            "checkout.session.expired",
            "payment_intent.succeeded",
            "payment_intent.processing",
            "payment_intent.payment_failed",
            "payment_intent.canceled",
            "payment_intent.requires_action",
            "payment_intent.amount_capturable_updated",
            "charge.refunded",
            "refund.created",
            "refund.updated",
            "refund.failed",
            "charge.dispute.created",
            "charge.dispute.updated",
            "charge.dispute.closed",
            "charge.dispute.funds_withdrawn",
            "charge.dispute.funds_reinstated",
            "review.opened",
            "review.closed",
            "setup_intent.succeeded",
            "setup_intent.setup_failed",
            "customer.subscription.created",
            "customer.subscription.updated",
            "customer.subscription.deleted",
            "invoice.paid",
            "invoice.payment_failed",
            "invoice.payment_action_required",
            "account.application.deauthorized");

    private static final String HEADER = "stripe-signature";
    /** How long after its signature an event may arrive, as Stripe recommends. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private Webhooks() {}

    static WebhookOutcome outcome(GatewayContext context, WebhookRequest raw) throws WebhookRejected {
        JsonObject event = verified(context, raw);
        Optional<String> account = text(event, "account");
        Optional<String> own;
        try {
            own = Settings.account(context);
        } catch (GatewayException e) {
            throw new WebhookRejected(Why.WRONG_ACCOUNT, "the settings do not say which account it should be");
        }
        if (!account.equals(own)) {
            throw new WebhookRejected(Why.WRONG_ACCOUNT, "the event is of another account");
        }
        String id = required(event, "id");
        String type = required(event, "type");
        if (!TYPES.contains(type)) {
            return WebhookOutcome.notUnderstood(id, type);
        }
        return WebhookOutcome.of(id, type, hints(event));
    }

    /** The connected account that an event at the platform's endpoint is about. */
    static Optional<String> accountOf(GatewayContext platform, WebhookRequest raw) throws WebhookRejected {
        return text(verified(platform, raw), "account");
    }

    private static JsonObject verified(GatewayContext context, WebhookRequest raw) throws WebhookRejected {
        String body;
        try {
            body = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw.body()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new WebhookRejected(Why.MALFORMED, "the body is not UTF-8");
        }
        signed(context, raw, body);
        JsonObject event;
        try {
            JsonElement parsed = JsonParser.parseString(body);
            if (!parsed.isJsonObject()) {
                throw new WebhookRejected(Why.MALFORMED, "the body is no JSON object");
            }
            event = parsed.getAsJsonObject();
        } catch (JsonParseException e) {
            throw new WebhookRejected(Why.MALFORMED, "the body is no JSON");
        }
        JsonElement live = event.get("livemode");
        if (live == null
                || !live.isJsonPrimitive()
                || !live.getAsJsonPrimitive().isBoolean()) {
            throw new WebhookRejected(Why.MALFORMED, "the event does not show its mode");
        }
        if (live.getAsBoolean() != (context.mode() == GatewayContext.Mode.LIVE)) {
            throw new WebhookRejected(Why.WRONG_MODE, "the event is of the other mode");
        }
        return event;
    }

    private static void signed(GatewayContext context, WebhookRequest raw, String body) throws WebhookRejected {
        List<String> headers = raw.headers().getOrDefault(HEADER, List.of());
        if (headers.isEmpty()) {
            throw new WebhookRejected(Why.BAD_SIGNATURE, "the header Stripe-Signature is missing");
        }
        String header = String.join(",", headers);
        boolean stale = false;
        for (String secret : secrets(context)) {
            if (verifies(body, header, secret, raw.receivedAt())) {
                return;
            }
            // as it was when it was signed: right but late is told apart from wrong
            stale |= verifies(body, header, secret, Instant.EPOCH);
        }
        throw stale
                ? new WebhookRejected(Why.STALE, "it was signed more than five minutes before it was received")
                : new WebhookRejected(Why.BAD_SIGNATURE, "the signature does not fit");
    }

    private static boolean verifies(String body, String header, String secret, Instant received) {
        try {
            return Webhook.Signature.verifyHeader(
                    body, header, secret, TOLERANCE.toSeconds(), Clock.fixed(received, ZoneOffset.UTC));
        } catch (SignatureVerificationException | RuntimeException e) {
            // the library parses the header by hand: what it chokes on is no signature
            return false;
        }
    }

    private static List<String> secrets(GatewayContext context) throws WebhookRejected {
        List<String> secrets = new ArrayList<>();
        try {
            secrets.add(Settings.text(context.secret(Settings.SIGNING)));
        } catch (IllegalArgumentException e) {
            throw new WebhookRejected(Why.BAD_SIGNATURE, "no signing secret is set");
        }
        context.previousSecret(Settings.SIGNING).map(Settings::text).ifPresent(secrets::add);
        secrets.removeIf(String::isEmpty);
        return secrets;
    }

    /** What an event names. */
    static List<Hint> hints(JsonObject event) throws WebhookRejected {
        JsonObject data = object(event, "data");
        JsonObject object = data == null ? null : object(data, "object");
        if (object == null) {
            throw new WebhookRejected(Why.MALFORMED, "the event names no object");
        }
        String kind = required(object, "object");
        try {
            return switch (kind) {
                case "checkout.session" -> List.of(hint(Refs.SESSION, required(object, "id"), purchase(object)));
                case "payment_intent" -> List.of(hint(Refs.INTENT, required(object, "id"), purchase(object)));
                case "invoice" -> List.of(hint(Refs.INVOICE, required(object, "id"), Optional.empty()));
                case "subscription" -> List.of(hint(Refs.SUBSCRIPTION, required(object, "id"), Optional.empty()));
                case "charge", "refund", "dispute", "review" ->
                    id(object, "payment_intent")
                            .map(id -> List.of(hint(Refs.INTENT, id, purchase(object))))
                            .orElse(List.of());
                default -> List.of();
            };
        } catch (IllegalArgumentException e) {
            throw new WebhookRejected(Why.MALFORMED, "the event's ids are none");
        }
    }

    private static Hint hint(String kind, String id, Optional<String> purchase) {
        return Hint.of(PaymentRef.of(kind, id), purchase);
    }

    private static Optional<String> purchase(JsonObject object) {
        JsonObject metadata = object(object, "metadata");
        return metadata == null ? Optional.empty() : text(metadata, Marks.PURCHASE);
    }

    /** An id, or the id of an object that stands in its place. */
    private static Optional<String> id(JsonObject object, String name) {
        JsonObject whole = object(object, name);
        return whole == null ? text(object, name) : text(whole, "id");
    }

    private static @Nullable JsonObject object(JsonObject object, String name) {
        JsonElement element = object.get(name);
        return element != null && element.isJsonObject() ? element.getAsJsonObject() : null;
    }

    private static Optional<String> text(JsonObject object, String name) {
        JsonElement element = object.get(name);
        boolean text = element != null
                && element.isJsonPrimitive()
                && element.getAsJsonPrimitive().isString();
        return text ? Optional.of(element.getAsString()).filter(value -> !value.isEmpty()) : Optional.empty();
    }

    private static String required(JsonObject object, String name) throws WebhookRejected {
        return text(object, name).orElseThrow(() -> new WebhookRejected(Why.MALFORMED, "there is no " + name));
    }
}

package org.bursar.payments.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.Stripe;
import java.net.URI;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.SavedMethodRef;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookRejected;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What nobody here wrote: Stripe's types judge our requests, Stripe's client signs our events and reads the fake's answers. */
class OfficialClientTest extends StripeTestBase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static OfficialClient official;

    @BeforeAll
    static void install() throws Exception {
        official = OfficialClient.installed();
    }

    /** Every kind of request that the gateway sends. */
    private void everything() throws GatewayException {
        begun(Calls.checkout("pur_short").lasting(Duration.ofHours(1)));
        begun(Calls.checkout("pur_yen", Money.of("JPY", 500)));
        SavedMethodRef saved = method();
        begun(Calls.checkout("pur_known").of(saved.customerId()).saving().lasting(Duration.ofHours(1)));
        PaymentRef subscription = begun(Calls.checkout("pur_plan").each(Period.ofMonths(1)));
        account.payer().pay(subscription.id());
        fetched(subscription);
        fetched(PaymentRef.of("invoice", shown(subscription).path("invoice").asText()));
        fetched(Refs.intent(account.all("payment_intent").get(0).path("id").asText()));
        gateway.subscription(context, subscription);
        gateway.cancelSubscription(context, subscription, true, IdempotencyKey.of("k1"));
        gateway.cancelSubscription(context, subscription, false, IdempotencyKey.of("k2"));
        gateway.cancel(context, begun(Calls.checkout("pur_left")), IdempotencyKey.of("k3"));
        PaymentRef paid = paid("pur_1");
        gateway.refund(context, paid, Money.of("USD", 100), IdempotencyKey.of("k4"), "asked for");
        fetched(Refs.intent(intent(paid)));
        gateway.locate(context, "pur_1", Calls.NOW);
        PaymentRef charged = gateway.charge(context, saved, Money.of("EUR", 1), "pur_2", IdempotencyKey.of("k5"))
                .ref();
        gateway.cancel(context, charged, IdempotencyKey.of("k6"));
        String open = account.all("payment_intent")
                .get(0)
                .put("status", "requires_action")
                .path("id")
                .asText();
        gateway.cancel(context, Refs.intent(open), IdempotencyKey.of("k7"));
        gateway.portal(context, saved.customerId(), URI.create("https://app.example.com/billing"));
        gateway.forget(context, saved);
        gateway.forget(context, saved);
        URI hook = URI.create("https://api.example.com/hooks/1");
        gateway.ensureWebhook(context.without(Settings.SIGNING), hook);
        account.all("webhook_endpoint").get(0).put("status", "disabled");
        gateway.ensureWebhook(context, hook);
        gateway.ensureWebhook(context.without(Settings.SIGNING).with(Settings.WAY, Settings.PLATFORM), hook);
        gateway.health(context);
    }

    private SavedMethodRef method() {
        ObjectNode method = account.payer().savedMethod("good");
        return SavedMethodRef.of(
                method.path("customer").asText(), method.path("id").asText());
    }

    @Test
    void everyRequestIsOneOfStripesTypes() throws Exception {
        everything();
        ArrayNode requests = (ArrayNode) JSON.readTree(stripe.recording());
        ObjectNode wrong = JSON.createObjectNode().put("route", "POST /v1/refunds");
        wrong.putObject("form")
                .put("amount", "12.5")
                .put("payment_intent", "pi_1")
                .put("charged_to", "me");
        int right = requests.size();
        requests.add(wrong);

        JsonNode judged = official.asked("validate", requests);
        List<String> faults = JSON.convertValue(
                judged.path("faults"), JSON.getTypeFactory().constructCollectionType(List.class, String.class));
        assertThat(right).isGreaterThan(50);
        // the last one is ours, to see that the judge does judge
        assertThat(faults)
                .anyMatch(fault -> fault.contains("charged_to"))
                .allMatch(fault -> fault.startsWith("POST /v1/refunds"));
        assertThat(faults).hasSizeLessThanOrEqualTo(2);
        assertThat(judged.path("routes")).hasSizeGreaterThanOrEqualTo(24);
        assertThat(judged.path("version").asText())
                .as("the types are of the API version that the gateway speaks")
                .isEqualTo(Stripe.API_VERSION);
    }

    @Test
    void eventsSignedByStripesOtherClientAreAccepted() throws Exception {
        PaymentRef paid = paid("pur_1");
        account.payer().dispute(intent(paid), "needs_response");
        ArrayNode asked = JSON.createArrayNode();
        for (ObjectNode event : account.events()) {
            asked.addObject()
                    .put("payload", event.toString())
                    .put("secret", Calls.SIGNING)
                    .put("timestamp", Calls.NOW.getEpochSecond());
        }
        JsonNode headers = official.asked("sign", asked);
        assertThat(headers).hasSize(account.events().size());
        for (int i = 0; i < headers.size(); i++) {
            ObjectNode event = account.events().get(i);
            Calls.Came came = Calls.webhook(event.toString(), headers.get(i).asText());
            WebhookOutcome outcome = gateway.handleWebhook(context, came);
            assertThat(outcome.eventId()).isEqualTo(event.path("id").asText());
            assertThat(outcome.changed()).hasSize(1);
            byte[] changed = came.body().clone();
            changed[changed.length / 2] ^= 1;
            assertThatThrownBy(() ->
                            gateway.handleWebhook(context, new Calls.Came(changed, came.headers(), came.receivedAt())))
                    .isInstanceOf(WebhookRejected.class);
        }
    }

    @Test
    void stripesOtherClientReadsTheFake() throws Exception {
        PaymentRef paid = paid("pur_1");
        for (int i = 2; i < 7; i++) {
            begun(Calls.checkout("pur_" + i));
        }
        String event = account.events().get(1).toString();
        JsonNode read = official.asked(
                "read",
                JSON.createObjectNode()
                        .put("base", stripe.uri().toString())
                        .put("key", Calls.KEY)
                        .put("session", paid.id())
                        .put("event", event));
        assertThat(read.path("status").asText()).isEqualTo("complete");
        assertThat(read.path("paid").asLong()).isEqualTo(45_000);
        assertThat(read.path("purchase").asText()).isEqualTo("pur_1");
        assertThat(read.path("ids")).hasSize(6);
        assertThat(read.path("once").asBoolean()).isTrue();
        assertThat(read.path("refusals"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "StripeIdempotencyError 400",
                        "StripeInvalidRequestError 400",
                        "StripeInvalidRequestError 404 resource_missing",
                        "StripeInvalidRequestError 400 parameter_invalid_integer");
        assertThat(read.path("about").asText()).isEqualTo(paid.id());
        assertThat(fetched(paid).refunds()).hasSize(1);
    }
}

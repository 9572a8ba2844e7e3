package org.bursar.payments.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.net.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookOutcome.Hint;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRejected.Why;
import org.junit.jupiter.api.Test;

/** Signed with the library's own code; {@link OfficialClientTest} has them signed by Stripe's other client. */
class StripeWebhookTest extends StripeTestBase {
    private static Calls.Came signed(String body, String... secrets) {
        StringBuilder header = new StringBuilder("t=" + Calls.NOW.getEpochSecond());
        for (String secret : secrets) {
            try {
                String whole = Webhook.Signature.generateSignatureHeader(body, secret, Calls.NOW.getEpochSecond());
                header.append(whole.substring(whole.indexOf(",v1=")));
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        return Calls.webhook(body, header.toString());
    }

    private Why rejected(Calls.Given given, Calls.Came came) {
        WebhookRejected rejection =
                catchThrowableOfType(WebhookRejected.class, () -> gateway.handleWebhook(given, came));
        assertThat(rejection).isNotNull();
        assertThat(rejection.getMessage()).doesNotContain(Calls.SIGNING);
        return rejection.why();
    }

    private ObjectNode event() throws GatewayException {
        paid("pur_1");
        return account.events().get(account.events().size() - 1);
    }

    @Test
    void everyEventNamesWhatToLookAt() throws Exception {
        PaymentRef ref = paid("pur_1");
        account.payer().openReview(intent(ref));
        account.payer().dispute(intent(ref), "needs_response");
        account.payer().refund(intent(ref), 100, "succeeded");
        stripe.forgetRequests();
        for (ObjectNode event : account.events()) {
            WebhookOutcome outcome = gateway.handleWebhook(context, signed(event.toString(), Calls.SIGNING));
            assertThat(outcome.understood()).as(outcome.type()).isTrue();
            assertThat(outcome.eventId()).isEqualTo(event.path("id").asText());
            assertThat(outcome.changed()).hasSize(1);
        }
        assertThat(stripe.requests()).as("a webhook opens no connection").isEmpty();
        for (ObjectNode event : account.events()) {
            Hint hint = gateway.handleWebhook(context, signed(event.toString(), Calls.SIGNING))
                    .changed()
                    .get(0);
            assertThat(fetched(hint.ref()).ref()).isEqualTo(ref);
        }
    }

    @Test
    void theSignatureCountsAndNothingElse() throws Exception {
        String body = event().toString();
        assertThat(rejected(context, signed(body, "whsec_stranger"))).isEqualTo(Why.BAD_SIGNATURE);
        List<String> signature = signed(body, Calls.SIGNING).headers().get("stripe-signature");
        assertThat(rejected(context, Calls.webhook(body + " ", signature.get(0))))
                .isEqualTo(Why.BAD_SIGNATURE);
        for (String header : List.of("", "t=", "t=1,v1=", "t=abc,v1=00", "v1=00", "t=1,v0=00", "nonsense")) {
            assertThat(rejected(context, Calls.webhook(body, header))).isEqualTo(Why.BAD_SIGNATURE);
        }
        assertThat(rejected(context, new Calls.Came(body.getBytes(StandardCharsets.UTF_8), Map.of(), Calls.NOW)))
                .isEqualTo(Why.BAD_SIGNATURE);
        assertThat(rejected(context.without(Settings.SIGNING), signed(body, Calls.SIGNING)))
                .isEqualTo(Why.BAD_SIGNATURE);
        gateway.handleWebhook(context, signed(body, "whsec_stranger", Calls.SIGNING));
        gateway.handleWebhook(
                context.secret(Settings.SIGNING, "whsec_next").previously(Settings.SIGNING, Calls.SIGNING),
                signed(body, Calls.SIGNING));
    }

    @Test
    void ageIsJudgedByTheFirstReceipt() throws Exception {
        Calls.Came came = signed(event().toString(), Calls.SIGNING);
        gateway.handleWebhook(context.at(Calls.NOW.plus(Duration.ofDays(9))), came);
        gateway.handleWebhook(context, came.later(Duration.ofMinutes(5)));
        assertThat(rejected(context, came.later(Duration.ofMinutes(6)))).isEqualTo(Why.STALE);
    }

    @Test
    void anotherModeOrAccountIsRefused() throws Exception {
        ObjectNode event = event();
        assertThat(rejected(context.mode(Mode.LIVE), signed(event.toString(), Calls.SIGNING)))
                .isEqualTo(Why.WRONG_MODE);
        event.put("account", "acct_theirs");
        assertThat(rejected(context, signed(event.toString(), Calls.SIGNING))).isEqualTo(Why.WRONG_ACCOUNT);
        Calls.Given connected = context.with(Settings.WAY, Settings.CONNECT).with(Settings.ACCOUNT, "acct_theirs");
        gateway.handleWebhook(connected, signed(event.toString(), Calls.SIGNING));
        event.put("account", "acct_others");
        assertThat(rejected(connected, signed(event.toString(), Calls.SIGNING))).isEqualTo(Why.WRONG_ACCOUNT);
        event.remove("account");
        assertThat(rejected(connected, signed(event.toString(), Calls.SIGNING))).isEqualTo(Why.WRONG_ACCOUNT);
    }

    @Test
    void theSharedEndpointSaysWhoseAnEventIs() throws Exception {
        ObjectNode event = event();
        Calls.Given platform = context.with(Settings.WAY, Settings.PLATFORM);
        assertThat(gateway.accountOf(platform, signed(event.toString(), Calls.SIGNING)))
                .isEmpty();
        event.put("account", "acct_theirs");
        assertThat(gateway.accountOf(platform, signed(event.toString(), Calls.SIGNING)))
                .contains("acct_theirs");
        assertThat(catchThrowableOfType(
                        WebhookRejected.class,
                        () -> gateway.accountOf(platform, signed(event.toString(), "whsec_stranger"))))
                .isNotNull();
    }

    @Test
    void eventsOfOtherVersionsAreRead() throws Exception {
        ObjectNode event = event();
        event.put("api_version", "2014-01-31");
        ((ObjectNode) event.path("data").path("object"))
                .put("status", 7)
                .putObject("url")
                .put("what", "ever");
        WebhookOutcome outcome = gateway.handleWebhook(context, signed(event.toString(), Calls.SIGNING));
        assertThat(outcome.changed()).hasSize(1);
        event.put("type", "checkout.session.teleported");
        WebhookOutcome strange = gateway.handleWebhook(context, signed(event.toString(), Calls.SIGNING));
        assertThat(strange.understood()).isFalse();
        assertThat(strange.eventId()).isEqualTo(outcome.eventId());
    }

    @Test
    void bodiesThatAreNoEventsAreMalformed() throws Exception {
        String big = "{\"livemode\":false,\"x\":\"" + "y".repeat(1 << 20) + "\"}";
        for (String body :
                List.of("", "[]", "null", "7", "{", "{}", "{\"livemode\":\"no\"}", big, "[".repeat(100_000))) {
            assertThat(rejected(context, signed(body, Calls.SIGNING)))
                    .as("%.20s", body)
                    .isEqualTo(Why.MALFORMED);
        }
        byte[] bytes = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
        assertThat(rejected(context, new Calls.Came(bytes, Map.of("stripe-signature", List.of("t=1,v1=0")), Calls.NOW)))
                .isEqualTo(Why.MALFORMED);
    }
}

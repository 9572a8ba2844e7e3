package org.bursar.payments.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.net.Webhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.SavedMethodRef;
import org.bursar.payments.tck.ProviderStub;
import org.bursar.payments.tck.StubAccount;
import org.bursar.payments.tck.StubAnswer;
import org.bursar.payments.tck.StubWebhooks;
import org.bursar.testing.stripe.FakeStripe;
import org.bursar.testing.stripe.Payer;
import org.bursar.testing.stripe.StripeAccount;

/** Our Stripe in the words of the contract's cases. */
final class StripeStub implements ProviderStub {
    private final FakeStripe stripe = FakeStripe.start(Clock.systemUTC());

    @Override
    public URI api() {
        return stripe.uri();
    }

    @Override
    public StubAccount account(String name, Mode mode) {
        String word = mode == Mode.LIVE ? "live" : "test";
        return new Account(
                stripe.account("sk_" + word + "_merchant_" + name + "_0001"),
                "sk_" + word + "_merchant_" + name + "_0001",
                name);
    }

    @Override
    public boolean createsCheckout(String method, String path) {
        return method.equals("POST") && path.equals("/v1/checkout/sessions");
    }

    @Override
    public StubAnswer answer(Fault fault) {
        return switch (fault) {
            case ERROR -> error(500, "api_error");
            case KEY_CONFLICT -> error(400, "idempotency_error");
            case RATE_LIMITED -> error(429, "invalid_request_error");
            case UNAUTHORIZED -> error(401, "invalid_request_error");
        };
    }

    private static StubAnswer error(int status, String type) {
        return StubAnswer.json(status, "{\"error\":{\"type\":\"" + type + "\",\"message\":\"as Stripe says it\"}}");
    }

    @Override
    public void close() {
        stripe.close();
    }

    private record Account(StripeAccount stripe, String key, String name) implements StubAccount {
        private String signing() {
            return "whsec_merchant_" + name + "_" + stripe.live();
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(Settings.KEY, key, Settings.SIGNING, signing());
        }

        @Override
        public int checkouts() {
            return stripe.all("checkout.session").size();
        }

        private static Predicate<ObjectNode> of(String purchaseId) {
            return object ->
                    object.path("metadata").path(Marks.PURCHASE).asText().equals(purchaseId);
        }

        private String session(String purchaseId) {
            return stripe.all("checkout.session", of(purchaseId))
                    .get(0)
                    .path("id")
                    .asText();
        }

        private String intent(String purchaseId) {
            return stripe.find(session(purchaseId))
                    .orElseThrow()
                    .path("payment_intent")
                    .asText();
        }

        @Override
        public Money asked(String purchaseId) {
            ObjectNode session = stripe.find(session(purchaseId)).orElseThrow();
            try {
                return StripeMoney.shown(
                        session.path("currency").asText(),
                        session.path("amount_total").asLong());
            } catch (GatewayException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void pay(String purchaseId, Money amount) {
            try {
                payer().pay(session(purchaseId), StripeMoney.asked(amount));
            } catch (GatewayException e) {
                throw new IllegalStateException(e);
            }
        }

        private Payer payer() {
            return stripe.payer();
        }

        @Override
        public void happens(String purchaseId, Event event) {
            switch (event) {
                case DECLINE -> payer().decline(session(purchaseId), "insufficient_funds");
                case EXPIRE -> payer().expire(session(purchaseId));
                case PROCESS -> payer().process(session(purchaseId));
                case FAIL -> payer().fail(session(purchaseId));
                case OPEN_REVIEW -> payer().openReview(intent(purchaseId));
                case APPROVE_REVIEW -> payer().closeReview(intent(purchaseId), true);
                case REJECT_REVIEW -> payer().closeReview(intent(purchaseId), false);
                case OPEN_DISPUTE -> payer().dispute(intent(purchaseId), "needs_response");
                case WIN_DISPUTE -> payer().disputeBecomes(dispute(purchaseId), "won");
                case LOSE_DISPUTE -> payer().disputeBecomes(dispute(purchaseId), "lost");
                case HOLD_REFUNDS ->
                    stripe.find(intent(purchaseId)).orElseThrow().put("_refunds", "pending");
                case FAIL_REFUNDS ->
                    refundsOf(purchaseId)
                            .forEach(refund ->
                                    payer().refundBecomes(refund.path("id").asText(), "failed"));
                case SHOW_UNKNOWN_STATUS -> payer().unheardOf(session(purchaseId));
            }
        }

        private String dispute(String purchaseId) {
            String intent = intent(purchaseId);
            return stripe.all(
                            "dispute",
                            one -> one.path("payment_intent").asText().equals(intent))
                    .get(0)
                    .path("id")
                    .asText();
        }

        @Override
        public int payments(String purchaseId) {
            return stripe.all(
                            "payment_intent",
                            of(purchaseId)
                                    .and(one -> one.path("status").asText().equals("succeeded")))
                    .size();
        }

        private List<ObjectNode> refundsOf(String purchaseId) {
            List<String> intents = stripe.all("payment_intent", of(purchaseId)).stream()
                    .map(one -> one.path("id").asText())
                    .toList();
            return stripe.all(
                    "refund", one -> intents.contains(one.path("payment_intent").asText()));
        }

        @Override
        public int refunds(String purchaseId) {
            return refundsOf(purchaseId).size();
        }

        @Override
        public SavedMethodRef savedMethod(Method method) {
            ObjectNode made = payer().savedMethod(
                            switch (method) {
                                case GOOD -> "good";
                                case NEEDS_AUTHENTICATION -> "authentication_required";
                                case DECLINED -> "generic_decline";
                                case GONE -> "gone";
                            });
            return SavedMethodRef.of(
                    made.path("customer").asText(), made.path("id").asText());
        }

        @Override
        public Optional<StubWebhooks> webhooks() {
            return Optional.of(new Hooks(this));
        }
    }

    private record Hooks(Account account) implements StubWebhooks {
        @Override
        public String secretSetting() {
            return Settings.SIGNING;
        }

        @Override
        public String signatureHeader() {
            return "stripe-signature";
        }

        private List<ObjectNode> about(String purchaseId) {
            return account.stripe().events().stream()
                    .filter(event -> event.toString().contains('"' + purchaseId + '"'))
                    .toList();
        }

        @Override
        public List<byte[]> events(String purchaseId) {
            return about(purchaseId).stream().map(Hooks::bytes).toList();
        }

        private static byte[] bytes(ObjectNode event) {
            return event.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] odd(String purchaseId, Oddity oddity) {
            ObjectNode event = about(purchaseId).get(0).deepCopy();
            return bytes(
                    switch (oddity) {
                        case UNKNOWN_TYPE -> event.put("type", "checkout.session.teleported");
                        case OTHER_API_VERSION -> event.put("api_version", "2014-01-31");
                        case OTHER_MODE ->
                            event.put("livemode", !account.stripe().live());
                        case OTHER_ACCOUNT -> event.put("account", "acct_stranger");
                    });
        }

        @Override
        public Map<String, List<String>> sign(byte[] body, Instant at, List<String> secrets) {
            StringBuilder header = new StringBuilder("t=" + at.getEpochSecond());
            for (String secret : secrets) {
                try {
                    String whole = Webhook.Signature.generateSignatureHeader(
                            new String(body, StandardCharsets.UTF_8), secret, at.getEpochSecond());
                    header.append(whole.substring(whole.indexOf(",v1=")));
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            }
            return Map.of("stripe-signature", List.of(header.toString()));
        }
    }
}

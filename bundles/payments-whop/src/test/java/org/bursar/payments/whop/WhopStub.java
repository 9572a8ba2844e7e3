package org.bursar.payments.whop;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.Money;
import org.bursar.payments.tck.ProviderStub;
import org.bursar.payments.tck.StubAccount;
import org.bursar.payments.tck.StubWebhooks;
import org.bursar.testing.whop.FakeWhop;

/** The fake, as the contract tests ask for it. */
final class WhopStub implements ProviderStub {
    private final FakeWhop whop = new FakeWhop(Clock.systemUTC());
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    @Override
    public URI api() {
        return whop.base();
    }

    @Override
    public StubAccount account(String name, Mode mode) {
        return accounts.computeIfAbsent(name + mode, both -> new Account(whop, name + mode, mode));
    }

    @Override
    public void close() {
        whop.close();
    }

    private static final class Account implements StubAccount, StubWebhooks {
        private final FakeWhop whop;
        private final String name;
        private final FakeWhop.Books books;

        Account(FakeWhop whop, String name, Mode mode) {
            this.whop = whop;
            this.name = name;
            this.books = whop.account("whop-api-key-of-" + name);
            books.live = mode == Mode.LIVE;
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    "accountId", "biz_" + name,
                    "apiKey", "whop-api-key-of-" + name,
                    "webhookSecret", "ws_webhooks_of_" + name);
        }

        @Override
        public int checkouts() {
            return books.links.size();
        }

        @Override
        public Money asked(String purchaseId) {
            Map<?, ?> plan = (Map<?, ?>) books.link(purchaseId).get("plan");
            String currency = String.valueOf(plan.get("currency")).toUpperCase(Locale.ROOT);
            int digits = Money.of(currency, 0).amount().scale();
            // the first charge is both: the initial price comes on top of the first renewal price
            BigDecimal price = new BigDecimal(String.valueOf(plan.get("initial_price")));
            if (plan.get("renewal_price") != null) {
                price = price.add(new BigDecimal(String.valueOf(plan.get("renewal_price"))));
            }
            return Money.of(currency, price.movePointRight(digits).longValueExact());
        }

        @Override
        public void pay(String purchaseId, Money amount) {
            // another try in the same checkout is the same payment at Whop
            books.payments.removeIf(payment -> of(payment, purchaseId) && !"paid".equals(payment.get("status")));
            Map<String, Object> payment = put(purchaseId, "paid", amount.amount());
            payment.put("currency", amount.currency().toLowerCase(Locale.ROOT));
        }

        private Map<String, Object> put(String purchaseId, String status, BigDecimal total) {
            Instant at = Instant.now().plusSeconds(books.payments.size());
            return whop.pay(books, String.valueOf(books.link(purchaseId).get("id")), status, total.toPlainString(), at);
        }

        private static boolean of(Map<String, Object> payment, String purchaseId) {
            return payment.get("metadata") instanceof Map<?, ?> metadata
                    && purchaseId.equals(metadata.get("purchase_id"));
        }

        private Map<String, Object> payment(String purchaseId) {
            return books.payments.stream()
                    .filter(payment -> of(payment, purchaseId))
                    .findFirst()
                    .orElseGet(() -> put(purchaseId, "open", asked(purchaseId).amount()));
        }

        @Override
        public void happens(String purchaseId, Event event) {
            switch (event) {
                case DECLINE -> payment(purchaseId).put("payments_failed", 1);
                // links do not end: the payer's time does
                case EXPIRE -> books.link(purchaseId).put("created_at", "2020-01-01T00:00:00Z");
                case PROCESS -> payment(purchaseId).put("status", "pending");
                case FAIL -> payment(purchaseId).put("status", "uncollectible");
                case OPEN_DISPUTE -> dispute(purchaseId, "needs_response");
                case WIN_DISPUTE -> dispute(purchaseId, "won");
                case LOSE_DISPUTE -> dispute(purchaseId, "lost");
                case HOLD_REFUNDS -> books.refunded = "pending";
                case FAIL_REFUNDS -> failRefunds(purchaseId);
                case SHOW_UNKNOWN_STATUS -> payment(purchaseId).put("status", "of_tomorrow");
                case OPEN_REVIEW, APPROVE_REVIEW, REJECT_REVIEW ->
                    throw new UnsupportedOperationException("Whop shows no reviews of its own");
            }
        }

        private void dispute(String purchaseId, String status) {
            Map<String, Object> payment = payment(purchaseId);
            FakeWhop.list(payment, "disputes").clear();
            FakeWhop.list(payment, "disputes").add(of("dis_1", status, payment));
        }

        private void failRefunds(String purchaseId) {
            Map<String, Object> payment = payment(purchaseId);
            FakeWhop.list(payment, "refunds").replaceAll(refund -> of("ref_failed", "failed", payment));
            books.refunded = "succeeded";
        }

        private static Map<String, Object> of(String id, String status, Map<String, Object> payment) {
            return FakeWhop.sum(
                    id, status, String.valueOf(payment.get("total")), String.valueOf(payment.get("currency")));
        }

        @Override
        public int payments(String purchaseId) {
            return (int) books.payments.stream()
                    .filter(payment -> of(payment, purchaseId) && "paid".equals(payment.get("status")))
                    .count();
        }

        @Override
        public int refunds(String purchaseId) {
            return FakeWhop.list(payment(purchaseId), "refunds").size();
        }

        @Override
        public Optional<StubWebhooks> webhooks() {
            return Optional.of(this);
        }

        @Override
        public String secretSetting() {
            return "webhookSecret";
        }

        @Override
        public String signatureHeader() {
            return "webhook-signature";
        }

        @Override
        public List<byte[]> events(String purchaseId) {
            List<byte[]> events = new ArrayList<>();
            for (Map<String, Object> payment : books.payments) {
                if (of(payment, purchaseId)) {
                    events.add(event("payment.created", payment));
                    events.add(event(
                            "paid".equals(payment.get("status")) ? "payment.succeeded" : "payment.failed", payment));
                }
            }
            for (Map<String, Object> membership : books.memberships) {
                if (of(membership, purchaseId)) {
                    events.add(event("membership.activated", membership));
                }
            }
            return events;
        }

        @Override
        public byte[] odd(String purchaseId, Oddity oddity) {
            Map<String, Object> payment = payment(purchaseId);
            return switch (oddity) {
                case UNKNOWN_TYPE -> event("payment.teleported", payment);
                case OTHER_API_VERSION ->
                    written(Map.of(
                            "type",
                            "payment.succeeded",
                            "api_version",
                            "v9",
                            "data",
                            Map.of(
                                    "id", payment.get("id"),
                                    "checkout_configuration_id", payment.get("checkout_configuration_id"),
                                    "metadata", payment.get("metadata"))));
                case OTHER_ACCOUNT ->
                    written(Map.of("type", "payment.succeeded", "company_id", "biz_stranger", "data", payment));
                case OTHER_MODE ->
                    throw new UnsupportedOperationException(
                            "Whop's events name no mode: each environment signs with secrets of its own");
            };
        }

        private byte[] event(String type, Map<String, Object> payment) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("api_version", "v1");
            event.put("type", type);
            event.put("company_id", "biz_" + name);
            event.put("data", payment);
            return written(event);
        }

        private static byte[] written(Map<String, ?> event) {
            try {
                return JSON.std.asBytes(event);
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public Map<String, List<String>> sign(byte[] body, Instant at, List<String> secrets) {
            try {
                String id = "msg_"
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(
                                        MessageDigest.getInstance("SHA-256").digest(body));
                String time = Long.toString(at.getEpochSecond());
                List<String> signatures = new ArrayList<>();
                for (String secret : secrets) {
                    Mac mac = Mac.getInstance("HmacSHA256");
                    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                    mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
                    signatures.add("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
                }
                return Map.of(
                        "webhook-id", List.of(id),
                        "webhook-timestamp", List.of(time),
                        "webhook-signature", List.of(String.join(" ", signatures)));
            } catch (GeneralSecurityException everyJreHasIt) {
                throw new IllegalStateException(everyJreHasIt);
            }
        }
    }
}

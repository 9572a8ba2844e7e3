package ${package};

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.Money;
import org.bursar.payments.tck.StubAccount;
import org.bursar.payments.tck.StubAnswer;
import org.bursar.payments.tck.StubWebhooks;

/** One account at the provider: its payments, and what happens to them. */
class StubMerchant implements StubAccount, StubWebhooks {
    private static final int PAGE = 20;

    private final String id;
    private final boolean live;
    private final List<Map<String, Object>> payments = new ArrayList<>();
    private final Map<String, List<byte[]>> events = new LinkedHashMap<>();
    private boolean holdRefunds;
    private int eventCount;

    StubMerchant(String id, boolean live) {
        this.id = id;
        this.live = live;
    }

    String apiKey() {
        return "key_of_" + id + (live ? "_live" : "_test") + "_4711";
    }

    private String webhookSecret() {
        return "whsec_of_" + id + (live ? "_live" : "_test");
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                ProviderGateway.API_KEY, apiKey(),
                ProviderGateway.ACCOUNT, id,
                ProviderGateway.WEBHOOK_SECRET, webhookSecret());
    }

    // what the gateway asks for

    synchronized StubAnswer read(String path, Map<String, String> query) {
        if (path.equals("account")) {
            return StubAnswer.json(200, Json.write(Map.of("id", id, "live", live)));
        }
        if (path.equals("payments")) {
            int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
            int to = Math.min(payments.size(), from + PAGE);
            Map<String, Object> page = new LinkedHashMap<>();
            page.put("items", List.copyOf(payments.subList(from, to)));
            page.put("next", to < payments.size() ? Integer.toString(to) : null);
            return StubAnswer.json(200, Json.write(page));
        }
        return payments.stream()
                .filter(payment -> path.equals("payments/" + payment.get("id")))
                .findFirst()
                .map(payment -> StubAnswer.json(200, Json.write(payment)))
                .orElse(StubAnswer.json(404, "{}"));
    }

    synchronized StubAnswer write(String path, Map<String, Object> body) {
        if (path.equals("payments")) {
            return StubAnswer.json(200, Json.write(create(body)));
        }
        for (Map<String, Object> payment : payments) {
            if (path.equals("payments/" + payment.get("id") + "/refunds")) {
                return refund(payment, Json.number(body, "amount"));
            }
        }
        return StubAnswer.json(404, "{}");
    }

    Map<String, Object> create(Map<String, Object> body) {
        Map<String, Object> payment = new LinkedHashMap<>();
        payment.put("id", "pay_" + id + "_" + (payments.size() + 1));
        payment.put("status", "open");
        payment.put("live", live);
        payment.put("reference", Json.text(body, "reference"));
        payment.put("amount", Json.number(body, "amount"));
        payment.put("captured", BigDecimal.ZERO);
        payment.put("currency", Json.text(body, "currency"));
        payment.put("url", "https://pay.provider.example/" + payment.get("id"));
        payment.put("expires_at", Instant.now().plusSeconds(7200).toString());
        payment.put("refunds", new ArrayList<Map<String, Object>>());
        payment.put("disputes", new ArrayList<Map<String, Object>>());
        payments.add(payment);
        tell(payment, "payment.created");
        return payment;
    }

    private StubAnswer refund(Map<String, Object> payment, BigDecimal amount) {
        BigDecimal left = Json.number(payment, "captured");
        for (Map<String, Object> refund : parts(payment, "refunds")) {
            left = left.subtract(Json.number(refund, "amount"));
        }
        if (amount.signum() <= 0 || amount.compareTo(left) > 0) {
            return StubAnswer.json(400, "{}");
        }
        Map<String, Object> refund = new LinkedHashMap<>();
        refund.put("id", "ref_" + payment.get("id") + "_" + parts(payment, "refunds").size());
        refund.put("status", holdRefunds ? "pending" : "succeeded");
        refund.put("amount", amount);
        parts(payment, "refunds").add(refund);
        tell(payment, "payment.refunded");
        return StubAnswer.json(200, Json.write(refund));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> parts(Map<String, Object> payment, String name) {
        return (List<Map<String, Object>>) payment.get(name);
    }

    // what the contract tests do and count

    Map<String, Object> payment(String purchaseId) {
        return payments.stream()
                .filter(payment -> purchaseId.equals(payment.get("reference")))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public synchronized int checkouts() {
        return payments.size();
    }

    @Override
    public synchronized Money asked(String purchaseId) {
        Map<String, Object> payment = payment(purchaseId);
        String currency = Json.text(payment, "currency");
        int digits = Money.of(currency, 0).amount().scale();
        return Money.of(currency, Json.number(payment, "amount").movePointRight(digits).longValueExact());
    }

    @Override
    public synchronized void pay(String purchaseId, Money amount) {
        Map<String, Object> payment = payment(purchaseId);
        payment.put("status", "paid");
        payment.put("captured", amount.amount());
        payment.put("currency", amount.currency());
        tell(payment, "payment.paid");
    }

    @Override
    public synchronized int payments(String purchaseId) {
        return (int) payments.stream()
                .filter(payment -> purchaseId.equals(payment.get("reference")) && "paid".equals(payment.get("status")))
                .count();
    }

    @Override
    public synchronized int refunds(String purchaseId) {
        return parts(payment(purchaseId), "refunds").size();
    }

    @Override
    public synchronized void happens(String purchaseId, Event event) {
        Map<String, Object> payment = payment(purchaseId);
        switch (event) {
            case DECLINE -> payment.put("decline", "card_declined");
            case EXPIRE -> payment.put("status", "expired");
            case PROCESS -> payment.put("status", "processing");
            case FAIL -> payment.put("status", "failed");
            case OPEN_DISPUTE -> {
                Map<String, Object> dispute = new LinkedHashMap<>();
                dispute.put("id", "dis_" + payment.get("id"));
                dispute.put("status", "open");
                dispute.put("amount", payment.get("captured"));
                parts(payment, "disputes").add(dispute);
            }
            case WIN_DISPUTE -> parts(payment, "disputes").get(0).put("status", "won");
            case LOSE_DISPUTE -> parts(payment, "disputes").get(0).put("status", "lost");
            case HOLD_REFUNDS -> holdRefunds = true;
            case FAIL_REFUNDS -> parts(payment, "refunds").forEach(refund -> refund.put("status", "failed"));
            case SHOW_UNKNOWN_STATUS -> payment.put("status", "levitating");
            default -> throw new UnsupportedOperationException("the provider has no such thing");
        }
        tell(payment, "payment.changed");
    }

    // webhooks

    void tell(Map<String, Object> payment, String type) {
        events.computeIfAbsent(Json.text(payment, "reference"), purchase -> new ArrayList<>())
                .add(body(payment, type, live, id, "2026-01"));
    }

    private byte[] body(Map<String, Object> payment, String type, boolean inLive, String account, String version) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", "evt_" + id + "_" + ++eventCount);
        event.put("type", type);
        event.put("live", inLive);
        event.put("account", account);
        event.put("version", version);
        event.put("payment", payment.get("id"));
        event.put("reference", payment.get("reference"));
        return Json.write(event).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<StubWebhooks> webhooks() {
        return Optional.of(this);
    }

    @Override
    public String secretSetting() {
        return ProviderGateway.WEBHOOK_SECRET;
    }

    @Override
    public String signatureHeader() {
        return Signature.HEADER;
    }

    @Override
    public synchronized List<byte[]> events(String purchaseId) {
        return List.copyOf(events.getOrDefault(purchaseId, List.of()));
    }

    @Override
    public synchronized byte[] odd(String purchaseId, Oddity oddity) {
        Map<String, Object> payment = payment(purchaseId);
        return switch (oddity) {
            case UNKNOWN_TYPE -> body(payment, "balance.recounted", live, id, "2026-01");
            case OTHER_API_VERSION -> body(payment, "payment.paid", live, id, "2031-07");
            case OTHER_MODE -> body(payment, "payment.paid", !live, id, "2026-01");
            case OTHER_ACCOUNT -> body(payment, "payment.paid", live, "acct_9", "2026-01");
        };
    }

    @Override
    public Map<String, List<String>> sign(byte[] body, Instant at, List<String> secrets) {
        String time = Long.toString(at.getEpochSecond());
        StringBuilder header = new StringBuilder("t=" + time);
        for (String secret : secrets) {
            header.append(",v1=").append(Signature.of(time, body, secret.toCharArray()));
        }
        return Map.of(Signature.HEADER, List.of(header.toString()));
    }
}

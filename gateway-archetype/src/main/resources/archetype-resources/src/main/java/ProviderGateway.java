package ${package};

import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayDescriptor;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.Health;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.OperationResult;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Dispute;
import org.bursar.payments.spi.PaymentSnapshot.DisputeStatus;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.PaymentSnapshot.Refund;
import org.bursar.payments.spi.PaymentSnapshot.RefundStatus;
import org.bursar.payments.spi.Refunds;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.SettingsSchema.Field;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRejected.Why;
import org.bursar.payments.spi.WebhookRequest;
import org.osgi.service.component.annotations.Component;

/** Translates between the platform and the provider. It keeps nothing: each call brings whose settings it may use. */
@Component(service = PaymentGateway.class, property = PaymentGateway.ID_PROPERTY + "=" + ProviderGateway.ID)
public class ProviderGateway implements PaymentGateway, Refunds {
    static final String ID = "${artifactId}";
    static final String API_KEY = "apiKey";
    static final String ACCOUNT = "account";
    static final String WEBHOOK_SECRET = "webhookSecret";

    private static final int MOST_PAGES = 100;

    private static final GatewayDescriptor DESCRIPTOR = GatewayDescriptor.builder(ID, "Provider (${artifactId})")
            .features(
                    GatewayDescriptor.Feature.ONE_OFF,
                    GatewayDescriptor.Feature.HOSTED_REDIRECT,
                    GatewayDescriptor.Feature.PARTIAL_REFUND)
            .settings(SettingsSchema.builder(1)
                    .field(Field.of(API_KEY, SettingsSchema.Kind.SECRET, "API key").asRequired())
                    .field(Field.of(ACCOUNT, SettingsSchema.Kind.TEXT, "Account")
                            .asRequired()
                            .withHelp("en", "The id in the provider's console, such as acct_1"))
                    .field(Field.of(WEBHOOK_SECRET, SettingsSchema.Kind.SECRET, "Webhook signing secret")
                            .asRequired()
                            .rotating())
                    .build())
            .apiVersion("2026-01")
            .build();

    private final ProviderApi api;

    /** For the framework. */
    public ProviderGateway() {
        this(new ProviderApi());
    }

    ProviderGateway(ProviderApi api) {
        this.api = api;
    }

    @Override
    public GatewayDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public CheckoutStart startCheckout(GatewayContext context, CheckoutRequest request) throws GatewayException {
        if (request.interval().isPresent()) {
            throw new GatewayException(Kind.UNSUPPORTED, "this gateway takes no subscriptions");
        }
        requireSettings(context);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("amount", request.amount().amount());
        body.put("currency", request.amount().currency());
        body.put("reference", request.purchaseId());
        body.put("description", request.title());
        body.put("success_url", request.success());
        body.put("cancel_url", request.cancel());
        // no time of day: a repetition must send the same
        body.put("expires_in", request.expiresIn().toSeconds());
        Map<String, Object> payment = api.post(context, "/v1/payments", request.key(), body);
        return understood(() -> CheckoutStart.redirect(
                ref(payment), URI.create(Json.text(payment, "url")), Instant.parse(Json.text(payment, "expires_at"))));
    }

    private static void requireSettings(GatewayContext context) throws GatewayException {
        if (context.setting(ACCOUNT).isEmpty()) {
            throw new GatewayException(Kind.BAD_CONFIGURATION, "the account is not set");
        }
        try {
            Arrays.fill(context.secret(WEBHOOK_SECRET), ' ');
        } catch (IllegalArgumentException e) {
            // without it no webhook would be believed, and payments would be noticed late
            throw new GatewayException(Kind.BAD_CONFIGURATION, "the webhook signing secret is not set");
        }
    }

    static PaymentRef ref(Map<String, Object> payment) {
        return PaymentRef.of("payment", Json.text(payment, "id"));
    }

    /** Something read from an answer. */
    interface Reading<T> {
        T read();
    }

    /** An answer that is not understood leaves the outcome open. */
    static <T> T understood(Reading<T> reading) throws GatewayException {
        try {
            return reading.read();
        } catch (RuntimeException e) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "the provider's answer is not understood");
        }
    }

    @Override
    public PaymentSnapshot fetch(GatewayContext context, PaymentRef ref) throws GatewayException {
        Map<String, Object> payment = api.get(context, "/v1/payments/" + encoded(ref.id()));
        return understood(() -> snapshot(payment));
    }

    PaymentSnapshot snapshot(Map<String, Object> payment) {
        String currency = Json.text(payment, "currency");
        PaymentSnapshot snapshot = PaymentSnapshot.of(
                        ref(payment),
                        phase(Json.text(payment, "status")),
                        Json.flag(payment, "live") ? Mode.LIVE : Mode.TEST,
                        Optional.of(Json.text(payment, "reference")),
                        money(Json.number(payment, "captured"), currency))
                .withRefunds(Json.list(payment, "refunds").stream()
                        .map(refund -> Refund.of(
                                Json.text(refund, "id"),
                                refundStatus(Json.text(refund, "status")),
                                money(Json.number(refund, "amount"), currency)))
                        .toList())
                .withDisputes(Json.list(payment, "disputes").stream()
                        .map(dispute -> Dispute.of(
                                Json.text(dispute, "id"),
                                disputeStatus(Json.text(dispute, "status")),
                                money(Json.number(dispute, "amount"), currency)))
                        .toList());
        return payment.get("decline") instanceof String code
                ? snapshot.withLastDecline(Decline.of(declineCode(code), code, true))
                : snapshot;
    }

    /** Each status by name: one that the provider invents tomorrow must not count as paid. */
    private static Phase phase(String status) {
        return switch (status) {
            case "open" -> Phase.OPEN;
            case "processing" -> Phase.PROCESSING;
            case "paid" -> Phase.CAPTURED;
            case "failed" -> Phase.FAILED;
            case "expired" -> Phase.EXPIRED;
            case "cancelled" -> Phase.CANCELLED;
            default -> Phase.UNKNOWN;
        };
    }

    /** The provider counts in major units with decimals. What is finer than the currency has is not understood. */
    Money money(BigDecimal amount, String currency) {
        int digits = Money.of(currency, 0).amount().scale();
        return Money.of(currency, amount.movePointRight(digits).longValueExact());
    }

    private static RefundStatus refundStatus(String status) {
        return switch (status) {
            case "pending" -> RefundStatus.PENDING;
            case "succeeded" -> RefundStatus.SUCCEEDED;
            case "failed" -> RefundStatus.FAILED;
            default -> RefundStatus.UNKNOWN;
        };
    }

    private static DisputeStatus disputeStatus(String status) {
        return switch (status) {
            case "open" -> DisputeStatus.OPEN;
            case "won" -> DisputeStatus.WON;
            case "lost" -> DisputeStatus.LOST;
            default -> DisputeStatus.UNKNOWN;
        };
    }

    static DeclineCode declineCode(String code) {
        return switch (code) {
            case "insufficient_funds" -> DeclineCode.INSUFFICIENT_FUNDS;
            case "card_declined" -> DeclineCode.CARD_DECLINED;
            case "expired_card" -> DeclineCode.EXPIRED_METHOD;
            default -> DeclineCode.OTHER;
        };
    }

    @Override
    public List<PaymentRef> locate(GatewayContext context, String purchaseId, Instant createdAfter)
            throws GatewayException {
        List<PaymentRef> found = new ArrayList<>();
        String page = "/v1/payments?created_after=" + encoded(createdAfter.toString());
        String cursor = "";
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            // an error on any page leaves by an exception: a part of the list proves nothing
            Map<String, Object> answer = api.get(context, page + cursor);
            for (Map<String, Object> payment : understood(() -> Json.list(answer, "items"))) {
                if (purchaseId.equals(payment.get("reference"))) {
                    found.add(understood(() -> ref(payment)));
                }
            }
            if (answer.get("next") == null) {
                return found;
            }
            cursor = "&cursor=" + encoded(understood(() -> Json.text(answer, "next")));
        }
        throw new GatewayException(Kind.OUTCOME_UNKNOWN, "more payments than can be looked through");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public WebhookOutcome handleWebhook(GatewayContext context, WebhookRequest raw) throws WebhookRejected {
        verify(context, raw);
        Map<String, Object> event;
        String id;
        String type;
        try {
            event = Json.read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw.body()))
                    .toString());
            id = Json.text(event, "id");
            type = Json.text(event, "type");
            if (Json.flag(event, "live") != (context.mode() == Mode.LIVE)) {
                throw new WebhookRejected(Why.WRONG_MODE, "the event is of the other mode");
            }
            if (!Json.text(event, "account").equals(context.setting(ACCOUNT).orElse(""))) {
                throw new WebhookRejected(Why.WRONG_ACCOUNT, "the event is about another account");
            }
            if (!type.startsWith("payment.")) {
                return WebhookOutcome.notUnderstood(id, type);
            }
            PaymentRef ref = PaymentRef.of("payment", Json.text(event, "payment"));
            Optional<String> purchase = Optional.ofNullable(event.get("reference")).map(String::valueOf);
            return WebhookOutcome.of(id, type, List.of(WebhookOutcome.Hint.of(ref, purchase)));
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new WebhookRejected(Why.MALFORMED, "the event is not understood");
        }
    }

    void verify(GatewayContext context, WebhookRequest raw) throws WebhookRejected {
        List<char[]> secrets = new ArrayList<>();
        try {
            secrets.add(context.secret(WEBHOOK_SECRET));
        } catch (IllegalArgumentException e) {
            throw new WebhookRejected(Why.BAD_SIGNATURE, "the webhook signing secret is not set");
        }
        context.previousSecret(WEBHOOK_SECRET).ifPresent(secrets::add);
        try {
            Signature.verify(raw, secrets);
        } finally {
            secrets.forEach(secret -> Arrays.fill(secret, ' '));
        }
    }

    @Override
    public Health health(GatewayContext context) {
        try {
            requireSettings(context);
            Map<String, Object> account = api.get(context, "/v1/account");
            if (!context.setting(ACCOUNT).orElse("").equals(account.get("id"))) {
                return Health.of(Health.Code.MISCONFIGURED, "The API key is of another account.");
            }
            boolean live = understood(() -> Json.flag(account, "live"));
            return live == (context.mode() == Mode.LIVE)
                    ? Health.up()
                    : Health.of(Health.Code.MISCONFIGURED, "The API key is of the other mode.");
        } catch (GatewayException e) {
            return switch (e.kind()) {
                case BAD_CREDENTIALS -> Health.of(Health.Code.MISCONFIGURED, "The provider refuses the API key.");
                case BAD_CONFIGURATION -> Health.of(Health.Code.MISCONFIGURED, "Not set up: " + e.getMessage() + ".");
                case RATE_LIMITED -> Health.of(Health.Code.DEGRADED, "The provider asks to wait.");
                default -> Health.of(Health.Code.DOWN, "The provider does not answer.");
            };
        }
    }

    @Override
    public OperationResult refund(
            GatewayContext context, PaymentRef ref, Money amount, IdempotencyKey key, String reason)
            throws GatewayException {
        Map<String, Object> body = Map.of("amount", amount.amount(), "reason", reason);
        Map<String, Object> refund = api.post(context, "/v1/payments/" + encoded(ref.id()) + "/refunds", key, body);
        if (!"succeeded".equals(refund.get("status"))) {
            return OperationResult.pending(ref);
        }
        try {
            return OperationResult.accepted(ref, fetch(context, ref));
        } catch (GatewayException e) {
            // the refund was made: that it cannot be looked at just now must not deny it
            return OperationResult.pending(ref);
        }
    }
}

package org.bursar.payments.whop;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.Cancellable;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayDescriptor;
import org.bursar.payments.spi.GatewayDescriptor.Feature;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.Health;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.OperationResult;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.Refunds;
import org.bursar.payments.spi.SubscriptionControl;
import org.bursar.payments.spi.SubscriptionSnapshot;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRequest;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * Payments by Whop's checkout links. A purchase is a checkout configuration of its own, with a plan of its own of which one
 * is in stock, and is known to Whop by {@value #PURCHASE_ID} in the metadata, which Whop copies to the payments.
 *
 * <p>Whether Whop's refunds honour an idempotency key is not certain, so a refund looks first and gives back the whole
 * payment or nothing: then the same refund twice is one. Parts are refunded in Whop's dashboard and show here.
 */
@Component(service = PaymentGateway.class, property = PaymentGateway.ID_PROPERTY + "=" + WhopGateway.ID)
public final class WhopGateway implements PaymentGateway, Refunds, Cancellable, SubscriptionControl {
    static final String ID = "whop";
    static final String PURCHASE_ID = "purchase_id";
    static final String EXPIRES_IN = "expires_in";
    static final String LINK = "checkout_configuration";
    static final String PAYMENT = "payment";

    private static final String LINKS = "/checkout_configurations";
    private static final String PAYMENTS = "/payments";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int LONGEST_TITLE = 100;

    private static final GatewayDescriptor DESCRIPTOR = GatewayDescriptor.builder(ID, "Whop")
            .features(
                    Feature.ONE_OFF,
                    Feature.SUBSCRIPTION,
                    Feature.HOSTED_REDIRECT,
                    Feature.MULTIPLE_PAYMENTS_PER_CHECKOUT)
            .settings(WhopSettings.SCHEMA)
            .apiVersion(WhopApi.VERSION)
            .build();

    /** Its own thread only waits for sockets; answers are read on the caller's. */
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Runnable::run)
            .build();

    @Override
    public GatewayDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public CheckoutStart startCheckout(GatewayContext context, CheckoutRequest request) throws GatewayException {
        WhopApi api = new WhopApi(client, context);
        Map<String, Object> wanted = link(context, request);
        if (request.interval().isPresent()) {
            new WhopMemberships(api, context).requireReadable();
        }
        Node link = api.post(LINKS, wanted, request.key());
        Instant end = expiresAt(link).orElse(context.clock().instant().plus(request.expiresIn()));
        return CheckoutStart.redirect(
                ofLink(WhopSettings.account(context), link.required("id")),
                address(link.required("purchase_url")),
                end);
    }

    /** Nothing in it depends on the time of the call: a repeated request must be equal to the first, or the key does not fit. */
    private static Map<String, Object> link(GatewayContext context, CheckoutRequest request) throws GatewayException {
        String account = WhopSettings.account(context);
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("account_id", account);
        plan.put("title", shortened(request.title()));
        plan.put("currency", request.amount().currency().toLowerCase(Locale.ROOT));
        Optional<Period> interval = request.interval();
        if (interval.isPresent()) {
            WhopMemberships.renewing(plan, request, interval.get());
        } else {
            plan.put("plan_type", "one_time");
            plan.put("initial_price", request.amount().amount());
        }
        plan.put("visibility", "hidden");
        plan.put("release_method", "buy_now");
        plan.put("force_create_new_plan", true);
        plan.put("unlimited_stock", false);
        plan.put("stock", 1);
        Map<String, Object> metadata = new LinkedHashMap<>(request.metadata());
        metadata.put(PURCHASE_ID, request.purchaseId());
        metadata.put("number", request.number());
        metadata.put(EXPIRES_IN, Long.toString(request.expiresIn().toSeconds()));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("account_id", account);
        body.put("mode", "payment");
        body.put("plan", plan);
        body.put("metadata", metadata);
        body.put("redirect_url", request.success().toString());
        return body;
    }

    /** With the account: a link that is not there is one that was deleted only if the account is the one that made it. */
    static PaymentRef ofLink(String account, String link) {
        return PaymentRef.of(LINK, account + '/' + link);
    }

    /** A link's id at Whop. */
    private static String link(GatewayContext context, PaymentRef ref) throws GatewayException {
        String account = WhopSettings.account(context) + '/';
        if (!ref.kind().equals(LINK) || !ref.id().startsWith(account)) {
            throw new GatewayException(Kind.NOT_FOUND, "the payment is of another account");
        }
        return ref.id().substring(account.length());
    }

    private static String shortened(String title) {
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE);
    }

    private static URI address(String text) throws GatewayException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException noAddress) {
            throw new GatewayException(
                    Kind.OUTCOME_UNKNOWN, "Whop answered a link that is no address", noAddress, null);
        }
    }

    /** Until when the payer has: Whop's links themselves do not end, so what the payer was given is written into them. */
    static Optional<Instant> expiresAt(Node link) throws GatewayException {
        long seconds = link.node("metadata").count(EXPIRES_IN);
        return seconds > 0 ? link.instant("created_at").map(made -> made.plusSeconds(seconds)) : Optional.empty();
    }

    @Override
    public PaymentSnapshot fetch(GatewayContext context, PaymentRef ref) throws GatewayException {
        WhopApi api = new WhopApi(client, context);
        if (ref.kind().equals(WhopMemberships.MEMBERSHIP)) {
            // as the checkout that began it, so that it is not taken for a second payment
            String begun = new WhopMemberships(api, context).link(ref);
            return ofLink(api, context, ofLink(WhopSettings.account(context), begun), begun);
        }
        if (!ref.kind().equals(PAYMENT)) {
            return ofLink(api, context, ref, link(context, ref));
        }
        Node payment = api.get(PAYMENTS + '/' + ref.id(), Map.of());
        if (WhopMemberships.later(payment)) {
            return new WhopPayments(ref, context.mode()).period(payment);
        }
        Optional<String> link = payment.text("checkout_configuration_id");
        return link.isPresent()
                ? ofLink(api, context, ref, link.get())
                : new WhopPayments(ref, context.mode())
                        .snapshot(null, List.of(payment), context.clock().instant());
    }

    private static PaymentSnapshot ofLink(WhopApi api, GatewayContext context, PaymentRef ref, String id)
            throws GatewayException {
        List<Node> payments = whole(api, context, id);
        Node link = linkOrNull(api, id);
        if (link == null && payments.isEmpty()) {
            // this account made it, so it was deleted, and nobody paid
            return PaymentSnapshot.of(
                    ref, PaymentSnapshot.Phase.CANCELLED, context.mode(), Optional.empty(), Money.of("USD", 0));
        }
        return new WhopPayments(ref, context.mode())
                .snapshot(link, payments, context.clock().instant());
    }

    /** The payments of a link that are its purchase's; later periods of a membership are purchases of their own. */
    private static List<Node> whole(WhopApi api, GatewayContext context, String link) throws GatewayException {
        List<Node> payments = new ArrayList<>();
        for (Node listed : listed(api, context, link)) {
            if (!WhopMemberships.later(listed)) {
                // only the payment itself shows its refunds and disputes
                payments.add(api.get(PAYMENTS + '/' + listed.required("id"), Map.of()));
            }
        }
        return payments;
    }

    private static List<Node> listed(WhopApi api, GatewayContext context, String link) throws GatewayException {
        return api.all(PAYMENTS, payments(context, "checkout_configuration_ids[]", link));
    }

    static Map<String, String> payments(GatewayContext context, String filter, String value) throws GatewayException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("company_id", WhopSettings.account(context));
        query.put(filter, value);
        query.put("include_free", "true");
        return query;
    }

    private static @Nullable Node linkOrNull(WhopApi api, String id) throws GatewayException {
        try {
            return api.get(LINKS + '/' + id, Map.of());
        } catch (GatewayException refused) {
            if (refused.kind() == Kind.NOT_FOUND) {
                return null;
            }
            throw refused;
        }
    }

    @Override
    public List<PaymentRef> locate(GatewayContext context, String purchaseId, Instant createdAfter)
            throws GatewayException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("account_id", WhopSettings.account(context));
        // a second of slack: Whop compares whole seconds
        query.put("created_after", Long.toString(createdAfter.getEpochSecond() - 1));
        List<PaymentRef> found = new ArrayList<>();
        for (Node link : new WhopApi(client, context).all(LINKS, query)) {
            if (link.fields().get("metadata") == null) {
                throw new GatewayException(
                        Kind.BAD_CREDENTIALS, "the API key lacks the permission checkout_configuration:basic:read");
            }
            if (WhopPayments.purchaseId(link).filter(purchaseId::equals).isPresent()) {
                found.add(ofLink(WhopSettings.account(context), link.required("id")));
            }
        }
        return found;
    }

    @Override
    public PaymentSnapshot cancel(GatewayContext context, PaymentRef ref, IdempotencyKey key) throws GatewayException {
        PaymentSnapshot shown = fetch(context, ref);
        if (shown.phase() != PaymentSnapshot.Phase.OPEN || !ref.kind().equals(LINK)) {
            return shown;
        }
        try {
            new WhopApi(client, context).delete(LINKS + '/' + link(context, ref));
        } catch (GatewayException refused) {
            if (refused.kind() != Kind.NOT_FOUND) {
                throw refused;
            }
        }
        // who paid while the link went won the race
        return fetch(context, ref);
    }

    @Override
    public OperationResult refund(
            GatewayContext context, PaymentRef ref, Money amount, IdempotencyKey key, String reason)
            throws GatewayException {
        WhopApi api = new WhopApi(client, context);
        PaymentSnapshot before = fetch(context, ref);
        if (before.captured().minor() == 0 || !before.captured().equals(amount)) {
            throw new GatewayException(
                    Kind.INVALID_REQUEST,
                    "through Whop a payment is refunded in full: " + before.captured() + "; parts in Whop's dashboard");
        }
        Node payment = firstPaid(api, context, ref);
        long back = WhopPayments.givenBack(payment);
        if (back == 0) {
            api.post(PAYMENTS + '/' + payment.required("id") + "/refund", Map.of(), key);
        } else if (back < amount.minor()) {
            throw new GatewayException(
                    Kind.INVALID_REQUEST, "a part was refunded already; refund the rest in Whop's dashboard");
        }
        PaymentSnapshot after = fetch(context, ref);
        boolean done = after.refunds().stream()
                        .filter(refund -> refund.status() == PaymentSnapshot.RefundStatus.SUCCEEDED)
                        .mapToLong(refund -> refund.amount().minor())
                        .sum()
                >= amount.minor();
        return done ? OperationResult.accepted(ref, after) : OperationResult.pending(ref);
    }

    private static Node firstPaid(WhopApi api, GatewayContext context, PaymentRef ref) throws GatewayException {
        if (ref.kind().equals(PAYMENT)) {
            return api.get(PAYMENTS + '/' + ref.id(), Map.of());
        }
        return WhopPayments.paid(whole(api, context, link(context, ref))).stream()
                .findFirst()
                .orElseThrow(() -> new GatewayException(Kind.INVALID_REQUEST, "nothing was paid"));
    }

    @Override
    public SubscriptionSnapshot subscription(GatewayContext context, PaymentRef subscription) throws GatewayException {
        WhopApi api = new WhopApi(client, context);
        return new WhopMemberships(api, context).seen(membership(api, context, subscription));
    }

    @Override
    public PaymentSnapshot cancelSubscription(
            GatewayContext context, PaymentRef subscription, boolean atPeriodEnd, IdempotencyKey key)
            throws GatewayException {
        WhopApi api = new WhopApi(client, context);
        String membership = membership(api, context, subscription);
        new WhopMemberships(api, context).cancel(membership, atPeriodEnd, key);
        return fetch(context, PaymentRef.of(WhopMemberships.MEMBERSHIP, membership));
    }

    @Override
    public Period charges(Period interval) {
        return Period.ofDays(Math.toIntExact(WhopMemberships.days(interval)));
    }

    private static String membership(WhopApi api, GatewayContext context, PaymentRef ref) throws GatewayException {
        return ref.kind().equals(WhopMemberships.MEMBERSHIP)
                ? ref.id()
                : WhopMemberships.begun(listed(api, context, link(context, ref)));
    }

    @Override
    public WebhookOutcome handleWebhook(GatewayContext context, WebhookRequest raw) throws WebhookRejected {
        return WhopWebhooks.outcome(context, raw);
    }

    @Override
    public Health health(GatewayContext context) {
        try {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("company_id", WhopSettings.account(context));
            query.put("first", "1");
            new WhopApi(client, context).get(PAYMENTS, query);
            return Health.up();
        } catch (GatewayException wrong) {
            return switch (wrong.kind()) {
                case BAD_CREDENTIALS, BAD_CONFIGURATION, NOT_FOUND, INVALID_REQUEST ->
                    Health.of(
                            Health.Code.MISCONFIGURED,
                            "Whop refuses the account or its key. In test mode it must be a key of sandbox.whop.com, in live"
                                    + " mode one of whop.com.");
                case RATE_LIMITED -> Health.of(Health.Code.DEGRADED, "Whop asks to wait.");
                default -> Health.of(Health.Code.DOWN, "Whop does not answer as it should.");
            };
        } catch (IllegalArgumentException noKey) {
            return Health.of(Health.Code.MISCONFIGURED, "Enter the API key.");
        }
    }
}

package org.bursar.payments.whop;

import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.SubscriptionSnapshot;
import org.bursar.payments.spi.SubscriptionSnapshot.Status;

/**
 * Memberships: what Whop renews by itself, by a count of days. The first payment is its checkout's; each later one is a payment of its
 * own. Whop copies the checkout's metadata to all of them, so the metadata does not tell which is which, and {@code billing_reason}
 * alone does.
 */
final class WhopMemberships {
    static final String MEMBERSHIP = "membership";

    private static final String MEMBERSHIPS = "/memberships";
    private static final String PAYMENTS = "/payments";
    private static final int DAYS_OF_A_MONTH = 30;
    private static final int DAYS_OF_A_YEAR = 365;
    private static final int MONTHS_OF_A_YEAR = 12;

    private final WhopApi api;
    private final GatewayContext context;

    WhopMemberships(WhopApi api, GatewayContext context) {
        this.api = api;
        this.context = context;
    }

    /** How many days Whop is to count for a cycle: 365 for a year, 30 for a month, as Whop itself has it. */
    static long days(Period interval) {
        long months = interval.toTotalMonths();
        return months / MONTHS_OF_A_YEAR * DAYS_OF_A_YEAR
                + months % MONTHS_OF_A_YEAR * DAYS_OF_A_MONTH
                + interval.get(ChronoUnit.DAYS);
    }

    /**
     * What a renewing plan has in place of a single price. Whop charges the initial price on top of the first renewal price, so it is
     * none. How often is charged is said where the payer agrees to it, since it is not quite the plan's own cycle.
     */
    static void renewing(Map<String, Object> plan, CheckoutRequest request, Period interval) throws GatewayException {
        long days = days(interval);
        if (days < 1) {
            throw new GatewayException(Kind.INVALID_REQUEST, "Whop renews by days, of which this is no number");
        }
        plan.put("plan_type", "renewal");
        plan.put("initial_price", 0);
        plan.put("renewal_price", request.amount().amount());
        plan.put("billing_period", days);
        plan.put(
                "description",
                "Charged every " + days
                        + " days until it is cancelled. Each charge is credit in your wallet, from which the plan"
                        + " takes its price once in each of its cycles; what is more stays your credit.");
    }

    /** Whoever cannot read memberships would have people charged for periods that nobody sees: told before anybody pays. */
    void requireReadable() throws GatewayException {
        api.get(MEMBERSHIPS, Map.of("company_id", WhopSettings.account(context), "first", "1"));
    }

    /** Whether it is a later period of a membership. It depends on nothing but the payment, so no payment is ever counted twice. */
    static boolean later(Node payment) {
        return "subscription_cycle".equals(payment.text("billing_reason").orElse(""));
    }

    /** The membership of a payment that renews; what is paid once has one at Whop too, which never charges anything. */
    static Optional<PaymentRef> renewed(Node payment) {
        String reason = payment.text("billing_reason").orElse("");
        return later(payment) || reason.equals("subscription_create") ? of(payment) : Optional.empty();
    }

    private static Optional<PaymentRef> of(Node payment) {
        return payment.node("membership").text("id").map(id -> PaymentRef.of(MEMBERSHIP, id));
    }

    /** The checkout that began a membership. */
    String link(PaymentRef ref) throws GatewayException {
        return membership(ref.id())
                .text("checkout_configuration_id")
                .orElseThrow(() -> new GatewayException(Kind.NOT_FOUND, "no checkout has begun the membership"));
    }

    private Node membership(String id) throws GatewayException {
        Node shown = api.get(MEMBERSHIPS + '/' + id, Map.of());
        Optional<String> company = shown.node("company").text("id");
        if (company.isPresent() && !company.get().equals(WhopSettings.account(context))) {
            throw new GatewayException(Kind.NOT_FOUND, "the membership is of another account");
        }
        return shown;
    }

    /**
     * The membership that a checkout's first payment has begun.
     *
     * @param payments those of the checkout, as Whop lists them
     */
    static String begun(List<Node> payments) throws GatewayException {
        return WhopPayments.paid(payments).stream()
                .filter(payment -> !later(payment))
                .findFirst()
                .flatMap(WhopMemberships::renewed)
                .map(PaymentRef::id)
                .orElseThrow(() -> new GatewayException(Kind.NOT_FOUND, "this payment began no membership"));
    }

    /**
     * A membership with each payment after the first. They are listed by the plan, which is this purchase's own, and by the checkout:
     * Whop's types leave open whether later payments name the checkout. A draft is none yet.
     */
    SubscriptionSnapshot seen(String id) throws GatewayException {
        Node membership = membership(id);
        Map<String, Node> payments = new LinkedHashMap<>();
        Optional<String> plan = membership.node("plan").text("id");
        if (plan.isPresent()) {
            add(payments, "plan_ids[]", plan.get());
        }
        Optional<String> link = membership.text("checkout_configuration_id");
        if (link.isPresent()) {
            add(payments, "checkout_configuration_ids[]", link.get());
        }
        if (payments.isEmpty()) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "Whop shows a membership without any payment");
        }
        List<PaymentRef> periods = payments.values().stream()
                .filter(WhopMemberships::later)
                .filter(payment ->
                        of(payment).map(PaymentRef::id).filter(id::equals).isPresent())
                .filter(payment -> !"draft".equals(payment.text("status").orElse("")))
                .sorted(Comparator.comparing(WhopPayments::createdAt))
                .map(payment ->
                        PaymentRef.of(WhopGateway.PAYMENT, payment.text("id").orElseThrow()))
                .toList();
        return SubscriptionSnapshot.of(PaymentRef.of(MEMBERSHIP, id), status(membership), periods);
    }

    private void add(Map<String, Node> payments, String filter, String value) throws GatewayException {
        for (Node payment : api.all(PAYMENTS, WhopGateway.payments(context, filter, value))) {
            payments.put(payment.required("id"), payment);
        }
    }

    private static Status status(Node membership) {
        return switch (membership.text("status").orElse("")) {
            // what is being cancelled can be taken back until its period ends
            case "active", "trialing", "past_due", "canceling", "drafted" -> Status.RUNNING;
            case "canceled", "expired", "completed" -> Status.ENDED;
            default -> Status.UNKNOWN;
        };
    }

    /** Whether Whop honours the key of a cancellation is not certain; so it looks first, and then the same twice is one. */
    void cancel(String id, boolean atPeriodEnd, IdempotencyKey key) throws GatewayException {
        Node before = membership(id);
        boolean done = status(before) == Status.ENDED
                || atPeriodEnd && Boolean.TRUE.equals(before.fields().get("cancel_at_period_end"));
        if (!done) {
            String mode = atPeriodEnd ? "at_period_end" : "immediate";
            api.post(MEMBERSHIPS + '/' + id + "/cancel", Map.of("cancellation_mode", mode), key);
        }
    }
}

package org.bursar.payments.whop;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Dispute;
import org.bursar.payments.spi.PaymentSnapshot.DisputeStatus;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.PaymentSnapshot.Refund;
import org.bursar.payments.spi.PaymentSnapshot.RefundStatus;
import org.jspecify.annotations.Nullable;

/**
 * What Whop shows of a checkout link and its payments, as facts. A link can be paid more than once. The first payment is the
 * purchase's; each further one that was not given back is added to what was captured, so that the amount does not fit and
 * people look at it, and is left out again once it was refunded in full.
 */
final class WhopPayments {
    private final PaymentRef ref;
    private final Mode mode;

    WhopPayments(PaymentRef ref, Mode mode) {
        this.ref = ref;
        this.mode = mode;
    }

    /**
     * The facts.
     *
     * @param link the checkout configuration; null: it was deleted, or the payment came from none
     * @param payments every payment of the link that is no later period of a membership, each as it is when it is asked for alone
     */
    PaymentSnapshot snapshot(@Nullable Node link, List<Node> payments, Instant now) throws GatewayException {
        List<Node> paid = paid(payments);
        return paid.isEmpty() ? open(link, payments, now) : captured(paid);
    }

    /** Those that were paid, the oldest first: of several the first is the purchase's. */
    static List<Node> paid(List<Node> payments) {
        return payments.stream()
                .filter(payment -> "paid".equals(payment.text("status").orElse("")))
                .sorted(Comparator.comparing(WhopPayments::paidAt))
                .toList();
    }

    private PaymentSnapshot captured(List<Node> paid) throws GatewayException {
        Node first = paid.get(0);
        Money sum = price(first);
        List<Refund> refunds = refunds(first);
        List<Dispute> disputes = disputes(first);
        for (Node further : paid.subList(1, paid.size())) {
            if (givenBack(further) < price(further).minor()) {
                sum = plus(sum, price(further));
            }
            disputes.addAll(disputes(further));
        }
        Optional<String> purchase = WhopMemberships.later(first) ? Optional.empty() : purchaseId(first);
        PaymentSnapshot shown = PaymentSnapshot.of(ref, Phase.CAPTURED, mode, purchase, sum)
                .withRefunds(refunds)
                .withDisputes(disputes)
                .withReviewOpen("unresolved".equals(first.text("substatus").orElse("")));
        return WhopMemberships.renewed(first).map(shown::withSubscription).orElse(shown);
    }

    /**
     * A later period of a membership, alone. It is a purchase of its own, which the platform knows by the reference; the metadata, which
     * Whop copies to it, names the first one.
     */
    PaymentSnapshot period(Node payment) throws GatewayException {
        if ("paid".equals(payment.text("status").orElse(""))) {
            return captured(List.of(payment));
        }
        Money nothing = Money.of(currency(null, Optional.of(payment)), 0);
        PaymentSnapshot shown = PaymentSnapshot.of(ref, phase(payment), mode, Optional.empty(), nothing);
        Optional<Decline> decline = decline(payment);
        PaymentSnapshot told = decline.isPresent() ? shown.withLastDecline(decline.get()) : shown;
        return WhopMemberships.renewed(payment).map(told::withSubscription).orElse(told);
    }

    private PaymentSnapshot open(@Nullable Node link, List<Node> payments, Instant now) throws GatewayException {
        Optional<Node> last = payments.stream().max(Comparator.comparing(WhopPayments::createdAt));
        Optional<String> purchase = link == null ? last.flatMap(WhopPayments::purchaseId) : purchaseId(link);
        Phase phase = last.isPresent() ? phase(last.get()) : Phase.OPEN;
        if (phase == Phase.OPEN && link == null) {
            phase = Phase.CANCELLED;
        } else if (phase == Phase.OPEN
                && link != null
                && WhopGateway.expiresAt(link).filter(now::isAfter).isPresent()) {
            phase = Phase.EXPIRED;
        }
        PaymentSnapshot shown = PaymentSnapshot.of(ref, phase, mode, purchase, Money.of(currency(link, last), 0));
        Optional<Decline> decline = last.isPresent() ? decline(last.get()) : Optional.empty();
        return decline.isPresent() ? shown.withLastDecline(decline.get()) : shown;
    }

    private static String currency(@Nullable Node link, Optional<Node> payment) throws GatewayException {
        Optional<String> of =
                link == null ? Optional.empty() : link.node("plan").text("currency");
        return Node.money(
                        BigDecimal.ZERO,
                        of.or(() -> payment.flatMap(node -> node.text("currency")))
                                .orElse("usd"))
                .currency();
    }

    private static Phase phase(Node payment) {
        return switch (payment.text("status").orElse("")) {
            case "draft", "open" -> Phase.OPEN;
            case "pending" -> Phase.PROCESSING;
            case "uncollectible" -> Phase.FAILED;
            case "void" -> Phase.CANCELLED;
            default -> Phase.UNKNOWN;
        };
    }

    private static Optional<Decline> decline(Node payment) throws GatewayException {
        if (payment.count("payments_failed") == 0
                && payment.text("failure_message").isEmpty()) {
            return Optional.empty();
        }
        // Whop tells the reason in words for people, which are no code and may name the payer
        return Optional.of(Decline.of(DeclineCode.CARD_DECLINED, "payment_failed", true));
    }

    /** What the payer paid for the purchase: tax that was put on top is not part of its price. */
    private static Money price(Node payment) throws GatewayException {
        boolean taxOnTop = "exclusive".equals(payment.text("tax_behavior").orElse(""));
        return payment.money(taxOnTop ? "subtotal" : "total", "currency");
    }

    private static Money plus(Money sum, Money more) throws GatewayException {
        if (!sum.currency().equals(more.currency())) {
            throw new GatewayException(
                    GatewayException.Kind.OUTCOME_UNKNOWN,
                    "one checkout was paid in two currencies; refund one of them");
        }
        return Money.of(sum.currency(), Math.addExact(sum.minor(), more.minor()));
    }

    /** What went back for good or is on its way, in minor units. */
    static long givenBack(Node payment) throws GatewayException {
        long sum = 0;
        for (Refund refund : refunds(payment)) {
            boolean counts = refund.status() == RefundStatus.SUCCEEDED || refund.status() == RefundStatus.PENDING;
            sum = counts ? Math.addExact(sum, refund.amount().minor()) : sum;
        }
        return sum;
    }

    private static List<Refund> refunds(Node payment) throws GatewayException {
        List<Refund> refunds = new ArrayList<>();
        for (Node refund : payment.nodes("refunds").orElse(List.of())) {
            RefundStatus status = switch (refund.text("status").orElse("")) {
                case "pending", "requires_action" -> RefundStatus.PENDING;
                case "succeeded" -> RefundStatus.SUCCEEDED;
                case "failed", "canceled" -> RefundStatus.FAILED;
                default -> RefundStatus.UNKNOWN;
            };
            refunds.add(Refund.of(refund.required("id"), status, refund.money("amount", "currency")));
        }
        return refunds;
    }

    private static List<Dispute> disputes(Node payment) throws GatewayException {
        List<Node> shown = payment.nodes("disputes")
                .orElseThrow(() -> new GatewayException(
                        GatewayException.Kind.BAD_CREDENTIALS,
                        "the API key lacks the permission payment:dispute:read"));
        List<Dispute> disputes = new ArrayList<>();
        for (Node dispute : shown) {
            DisputeStatus status = switch (dispute.text("status").orElse("")) {
                case "warning_needs_response", "warning_under_review", "warning_closed" -> DisputeStatus.INQUIRY;
                case "needs_response", "under_review" -> DisputeStatus.OPEN;
                case "won" -> DisputeStatus.WON;
                case "lost" -> DisputeStatus.LOST;
                case "closed" -> DisputeStatus.CLOSED;
                default -> DisputeStatus.UNKNOWN;
            };
            disputes.add(Dispute.of(dispute.required("id"), status, dispute.money("amount", "currency")));
        }
        return disputes;
    }

    static Optional<String> purchaseId(Node node) {
        return node.node("metadata").text(WhopGateway.PURCHASE_ID);
    }

    private static Instant paidAt(Node payment) {
        return payment.instant("paid_at").orElse(createdAt(payment));
    }

    static Instant createdAt(Node payment) {
        return payment.instant("created_at").orElse(Instant.MAX);
    }
}

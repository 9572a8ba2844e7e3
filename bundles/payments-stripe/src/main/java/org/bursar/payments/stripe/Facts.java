package org.bursar.payments.stripe;

import com.stripe.model.Dispute;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.Review;
import com.stripe.model.StripeError;
import com.stripe.model.checkout.Session;
import com.stripe.param.DisputeListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.DisputeStatus;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.PaymentSnapshot.RefundStatus;
import org.bursar.payments.spi.SavedMethodRef;
import org.jspecify.annotations.Nullable;

/** What Stripe shows of a payment, read from its objects by their ids alone: such reads are never stale. */
final class Facts {
    private static final String REQUIRES_METHOD = "requires_payment_method";

    private Facts() {}

    static PaymentSnapshot of(StripeCall call, PaymentRef ref) throws GatewayException {
        return switch (ref.kind()) {
            case Refs.SESSION -> ofSession(call, session(call, ref.id()));
            case Refs.INTENT -> ofIntent(call, ref);
            case Refs.INVOICE -> Subscriptions.ofInvoice(call, ref.id());
            case Refs.SUBSCRIPTION -> Subscriptions.ofSubscription(call, ref);
            default -> throw new GatewayException(Kind.NOT_FOUND, "Stripe has no payment of kind " + ref.kind());
        };
    }

    static Session session(StripeCall call, String id) throws GatewayException {
        SessionRetrieveParams expanded = SessionRetrieveParams.builder()
                .addExpand("payment_intent")
                .addExpand("payment_intent.review")
                .build();
        return call.ask(client -> client.checkout().sessions().retrieve(id, expanded, null));
    }

    static PaymentIntent intent(StripeCall call, String id) throws GatewayException {
        PaymentIntentRetrieveParams expanded =
                PaymentIntentRetrieveParams.builder().addExpand("review").build();
        return call.ask(client -> client.paymentIntents().retrieve(id, expanded, null));
    }

    /** A payment that was begun at a checkout is shown as that checkout, so that it is not taken for a second payment. */
    private static PaymentSnapshot ofIntent(StripeCall call, PaymentRef ref) throws GatewayException {
        PaymentIntent intent = intent(call, ref.id());
        boolean charged = Marks.value(intent.getMetadata(), Marks.ORIGIN)
                .filter(Marks.CHARGE::equals)
                .isPresent();
        if (charged) {
            return ofIntent(call, ref, intent, Marks.purchase(intent.getMetadata()), true);
        }
        SessionListParams of = SessionListParams.builder()
                .setPaymentIntent(ref.id())
                .setLimit(1L)
                .build();
        List<Session> sessions =
                call.ask(client -> client.checkout().sessions().list(of)).getData();
        if (sessions != null && !sessions.isEmpty()) {
            return ofSession(call, session(call, sessions.get(0).getId()));
        }
        Optional<PaymentSnapshot> period = Subscriptions.ofIntent(call, ref.id());
        return period.isPresent()
                ? period.get()
                : ofIntent(call, ref, intent, Marks.purchase(intent.getMetadata()), true);
    }

    static PaymentSnapshot ofSession(StripeCall call, Session session) throws GatewayException {
        PaymentRef ref = Refs.session(session.getId());
        Optional<String> purchase = Marks.purchase(session.getMetadata());
        boolean over = !"open".equals(session.getStatus());
        if ("subscription".equals(session.getMode()) && session.getInvoice() != null) {
            return Subscriptions.ofSession(call, session);
        }
        if (session.getPaymentIntent() == null) {
            return PaymentSnapshot.of(
                    ref,
                    withoutIntent(session),
                    StripeCall.mode(session.getLivemode()),
                    purchase,
                    StripeMoney.shown(session.getCurrency(), 0L));
        }
        PaymentIntent shown = session.getPaymentIntentObject();
        PaymentIntent intent = shown == null ? intent(call, session.getPaymentIntent()) : shown;
        PaymentSnapshot facts = ofIntent(call, ref, intent, purchase, over && !"expired".equals(session.getStatus()));
        boolean ended = "expired".equals(session.getStatus())
                && (facts.phase() == Phase.OPEN || facts.phase() == Phase.CANCELLED);
        // Stripe cancels the payment of a session that ends: what matters is why it ended
        return ended ? again(facts, withoutIntent(session)) : facts;
    }

    private static Phase withoutIntent(Session session) {
        String status = session.getStatus() == null ? "" : session.getStatus();
        boolean byUs = Marks.value(session.getMetadata(), Marks.CANCELLED).isPresent();
        return switch (status) {
            case "open" -> Phase.OPEN;
            case "expired" -> byUs ? Phase.CANCELLED : Phase.EXPIRED;
            // a free session or a way to pay that shows no payment: nothing that we asked for
            case "complete" -> "unpaid".equals(session.getPaymentStatus()) ? Phase.PROCESSING : Phase.UNKNOWN;
            default -> Phase.UNKNOWN;
        };
    }

    private static PaymentSnapshot again(PaymentSnapshot facts, Phase phase) {
        PaymentSnapshot same = PaymentSnapshot.of(
                        facts.ref(), phase, facts.mode(), facts.purchaseId(), facts.captured())
                .withRefunds(facts.refunds())
                .withDisputes(facts.disputes())
                .withReviewOpen(facts.reviewOpen());
        return facts.lastDecline().map(same::withLastDecline).orElse(same);
    }

    /** The facts of one payment. {@code over}: its payer has no page on which to try again. */
    static PaymentSnapshot ofIntent(
            StripeCall call, PaymentRef ref, PaymentIntent intent, Optional<String> purchase, boolean over)
            throws GatewayException {
        Long received = intent.getAmountReceived();
        PaymentSnapshot facts = PaymentSnapshot.of(
                        ref,
                        phase(intent, over),
                        StripeCall.mode(intent.getLivemode()),
                        purchase,
                        StripeMoney.shown(intent.getCurrency(), received == null ? 0L : received))
                .withReviewOpen(reviewOpen(intent.getReviewObject(), intent.getReview()));
        StripeError error = intent.getLastPaymentError();
        if (error != null && !"succeeded".equals(intent.getStatus())) {
            facts = facts.withLastDecline(Declines.of(error, !over));
        }
        Optional<SavedMethodRef> saved = saved(intent);
        if (saved.isPresent()) {
            facts = facts.withSavedMethod(saved.get());
        }
        return intent.getLatestCharge() == null
                ? facts
                : facts.withRefunds(refunds(call, intent.getId())).withDisputes(disputes(call, intent.getId()));
    }

    private static Phase phase(PaymentIntent intent, boolean over) {
        String status = intent.getStatus() == null ? "" : intent.getStatus();
        return switch (status) {
            case REQUIRES_METHOD -> over && intent.getLastPaymentError() != null ? Phase.FAILED : Phase.OPEN;
            case "requires_confirmation", "requires_action" -> Phase.OPEN;
            case "processing" -> Phase.PROCESSING;
            case "requires_capture" -> Phase.AUTHORIZED;
            case "succeeded" -> Phase.CAPTURED;
            case "canceled" -> Phase.CANCELLED;
            default -> Phase.UNKNOWN;
        };
    }

    /** A review that is named but not shown counts as open: waiting harms less than crediting what is looked at. */
    private static boolean reviewOpen(@Nullable Review review, @Nullable String id) {
        return review == null ? id != null : !Boolean.FALSE.equals(review.getOpen());
    }

    private static Optional<SavedMethodRef> saved(PaymentIntent intent) {
        boolean kept = "off_session".equals(intent.getSetupFutureUsage())
                || Marks.value(intent.getMetadata(), Marks.ORIGIN)
                        .filter(Marks.CHARGE::equals)
                        .isPresent();
        return kept
                        && "succeeded".equals(intent.getStatus())
                        && intent.getCustomer() != null
                        && intent.getPaymentMethod() != null
                ? Optional.of(SavedMethodRef.of(intent.getCustomer(), intent.getPaymentMethod()))
                : Optional.empty();
    }

    static List<Refund> refundsOf(StripeCall call, String intent) throws GatewayException {
        return call.all((client, after) -> client.refunds()
                .list(RefundListParams.builder()
                        .setPaymentIntent(intent)
                        .setLimit(StripeCall.PAGE)
                        .setStartingAfter(after)
                        .build()));
    }

    private static List<PaymentSnapshot.Refund> refunds(StripeCall call, String intent) throws GatewayException {
        List<PaymentSnapshot.Refund> refunds = new ArrayList<>();
        for (Refund refund : refundsOf(call, intent)) {
            Money amount = StripeMoney.shown(refund.getCurrency(), refund.getAmount());
            refunds.add(PaymentSnapshot.Refund.of(refund.getId(), status(refund), amount));
        }
        return refunds;
    }

    static RefundStatus status(Refund refund) {
        String status = refund.getStatus() == null ? "" : refund.getStatus();
        return switch (status) {
            case "pending", "requires_action" -> RefundStatus.PENDING;
            case "succeeded" -> RefundStatus.SUCCEEDED;
            case "failed", "canceled" -> RefundStatus.FAILED;
            default -> RefundStatus.UNKNOWN;
        };
    }

    private static List<PaymentSnapshot.Dispute> disputes(StripeCall call, String intent) throws GatewayException {
        List<Dispute> shown = call.all((client, after) -> client.disputes()
                .list(DisputeListParams.builder()
                        .setPaymentIntent(intent)
                        .setLimit(StripeCall.PAGE)
                        .setStartingAfter(after)
                        .build()));
        List<PaymentSnapshot.Dispute> disputes = new ArrayList<>();
        for (Dispute dispute : shown) {
            Money amount = StripeMoney.shown(dispute.getCurrency(), dispute.getAmount());
            disputes.add(PaymentSnapshot.Dispute.of(dispute.getId(), status(dispute), amount));
        }
        return disputes;
    }

    private static DisputeStatus status(Dispute dispute) {
        String status = dispute.getStatus() == null ? "" : dispute.getStatus();
        return switch (status) {
            case "warning_needs_response", "warning_under_review" -> DisputeStatus.INQUIRY;
            case "needs_response", "under_review" -> DisputeStatus.OPEN;
            case "won" -> DisputeStatus.WON;
            case "lost" -> DisputeStatus.LOST;
            // an inquiry that came to nothing, or a dispute that a refund forestalled: the refund is shown as such
            case "warning_closed", "prevented", "charge_refunded" -> DisputeStatus.CLOSED;
            default -> DisputeStatus.UNKNOWN;
        };
    }
}

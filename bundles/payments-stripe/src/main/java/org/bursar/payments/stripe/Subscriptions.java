package org.bursar.payments.stripe;

import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.checkout.SessionListParams;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.SubscriptionSnapshot;
import org.bursar.payments.spi.SubscriptionSnapshot.Status;
import org.jspecify.annotations.Nullable;

/** Subscriptions that Stripe renews by itself: each period is an invoice, and its payment what the platform asks for. */
final class Subscriptions {
    private Subscriptions() {}

    /** The first period, as the checkout that began it. */
    static PaymentSnapshot ofSession(StripeCall call, Session session) throws GatewayException {
        Invoice invoice = invoice(call, session.getInvoice());
        return facts(call, Refs.session(session.getId()), invoice, Marks.purchase(session.getMetadata()));
    }

    /** One period. The first is shown as the checkout that began it, so that it is not taken for a second payment. */
    static PaymentSnapshot ofInvoice(StripeCall call, String id) throws GatewayException {
        Invoice invoice = invoice(call, id);
        Optional<String> subscription = first(invoice) ? subscription(invoice) : Optional.empty();
        if (subscription.isPresent()) {
            SessionListParams of = SessionListParams.builder()
                    .setSubscription(subscription.get())
                    .setLimit(1L)
                    .build();
            List<Session> sessions =
                    call.ask(client -> client.checkout().sessions().list(of)).getData();
            if (sessions != null && !sessions.isEmpty()) {
                Session session = sessions.get(0);
                return facts(call, Refs.session(session.getId()), invoice, Marks.purchase(session.getMetadata()));
            }
        }
        return facts(call, PaymentRef.of(Refs.INVOICE, id), invoice, purchase(invoice));
    }

    /** The period that a payment paid for; empty: it is of no subscription. */
    static Optional<PaymentSnapshot> ofIntent(StripeCall call, String intent) throws GatewayException {
        InvoicePaymentListParams of = InvoicePaymentListParams.builder()
                .setPayment(InvoicePaymentListParams.Payment.builder()
                        .setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT)
                        .setPaymentIntent(intent)
                        .build())
                .setLimit(1L)
                .build();
        List<InvoicePayment> payments =
                call.ask(client -> client.invoicePayments().list(of)).getData();
        return payments == null || payments.isEmpty() || payments.get(0).getInvoice() == null
                ? Optional.empty()
                : Optional.of(ofInvoice(call, payments.get(0).getInvoice()));
    }

    private static PaymentSnapshot facts(StripeCall call, PaymentRef ref, Invoice invoice, Optional<String> purchase)
            throws GatewayException {
        Optional<String> intent = intent(invoice);
        PaymentSnapshot shown;
        if (intent.isPresent()) {
            boolean over = !"open".equals(invoice.getStatus());
            shown = Facts.ofIntent(call, ref, Facts.intent(call, intent.get()), purchase, over);
        } else {
            shown = PaymentSnapshot.of(
                    ref,
                    phase(invoice),
                    StripeCall.mode(invoice.getLivemode()),
                    purchase,
                    StripeMoney.shown(invoice.getCurrency(), paid(invoice)));
        }
        return subscription(invoice)
                .map(id -> shown.withSubscription(PaymentRef.of(Refs.SUBSCRIPTION, id)))
                .orElse(shown);
    }

    private static boolean first(Invoice invoice) {
        return "subscription_create".equals(invoice.getBillingReason());
    }

    private static Optional<String> subscription(Invoice invoice) {
        return invoice.getParent() == null || invoice.getParent().getSubscriptionDetails() == null
                ? Optional.empty()
                : Optional.ofNullable(
                        invoice.getParent().getSubscriptionDetails().getSubscription());
    }

    private static Invoice invoice(StripeCall call, String id) throws GatewayException {
        InvoiceRetrieveParams expanded =
                InvoiceRetrieveParams.builder().addExpand("payments").build();
        return call.ask(client -> client.invoices().retrieve(id, expanded, null));
    }

    /** The payment behind a checkout. */
    static Optional<String> intentOf(StripeCall call, Session session) throws GatewayException {
        return session.getInvoice() == null
                ? Optional.ofNullable(session.getPaymentIntent())
                : intent(invoice(call, session.getInvoice()));
    }

    /** The payment behind a period, or behind the newest period of a subscription. */
    static Optional<String> intentOf(StripeCall call, PaymentRef ref) throws GatewayException {
        if (ref.kind().equals(Refs.INVOICE)) {
            return intent(invoice(call, ref.id()));
        }
        if (!ref.kind().equals(Refs.SUBSCRIPTION)) {
            return Optional.empty();
        }
        String newest =
                call.ask(client -> client.subscriptions().retrieve(ref.id())).getLatestInvoice();
        return newest == null ? Optional.empty() : intent(invoice(call, newest));
    }

    /** The purchase began the first period alone; a later period is another purchase's, which the platform knows. */
    private static Optional<String> purchase(Invoice invoice) {
        return first(invoice) ? Marks.purchase(metadata(invoice)) : Optional.empty();
    }

    private static @Nullable Map<String, String> metadata(Invoice invoice) {
        return invoice.getParent() == null || invoice.getParent().getSubscriptionDetails() == null
                ? null
                : invoice.getParent().getSubscriptionDetails().getMetadata();
    }

    private static Optional<String> intent(Invoice invoice) {
        if (invoice.getPayments() == null || invoice.getPayments().getData() == null) {
            return Optional.empty();
        }
        List<InvoicePayment> payments = invoice.getPayments().getData();
        Optional<InvoicePayment> paid =
                payments.stream().filter(one -> "paid".equals(one.getStatus())).findFirst();
        return paid.or(() -> payments.stream().findFirst())
                .map(InvoicePayment::getPayment)
                .map(InvoicePayment.Payment::getPaymentIntent);
    }

    private static long paid(Invoice invoice) {
        return invoice.getAmountPaid() == null ? 0 : invoice.getAmountPaid();
    }

    private static Phase phase(Invoice invoice) {
        String status = invoice.getStatus() == null ? "" : invoice.getStatus();
        return switch (status) {
            case "draft", "open" -> Phase.OPEN;
            case "paid" -> paid(invoice) > 0 ? Phase.CAPTURED : Phase.UNKNOWN;
            case "uncollectible" -> Phase.FAILED;
            case "void" -> Phase.CANCELLED;
            default -> Phase.UNKNOWN;
        };
    }

    static PaymentSnapshot ofSubscription(StripeCall call, PaymentRef ref) throws GatewayException {
        Subscription subscription = call.ask(client -> client.subscriptions().retrieve(ref.id()));
        return shown(call, ref, subscription);
    }

    private static PaymentSnapshot shown(StripeCall call, PaymentRef ref, Subscription subscription)
            throws GatewayException {
        if (subscription.getLatestInvoice() != null) {
            return ofInvoice(call, subscription.getLatestInvoice());
        }
        return PaymentSnapshot.of(
                ref,
                "canceled".equals(subscription.getStatus()) ? Phase.CANCELLED : Phase.OPEN,
                StripeCall.mode(subscription.getLivemode()),
                Marks.purchase(subscription.getMetadata()),
                StripeMoney.shown(subscription.getCurrency(), 0L));
    }

    /**
     * A subscription with each invoice after the first. A draft is none yet: Stripe may still change or delete it, and tells when it
     * asks for the money.
     */
    static SubscriptionSnapshot seen(StripeCall call, PaymentRef ref) throws GatewayException {
        String id = id(call, ref);
        Subscription subscription = call.ask(client -> client.subscriptions().retrieve(id));
        List<Invoice> invoices = call.all((client, after) -> client.invoices()
                .list(InvoiceListParams.builder()
                        .setSubscription(id)
                        .setLimit(StripeCall.PAGE)
                        .setStartingAfter(after)
                        .build()));
        List<PaymentRef> periods = invoices.stream()
                .filter(invoice -> !first(invoice) && !"draft".equals(invoice.getStatus()))
                .map(invoice -> PaymentRef.of(Refs.INVOICE, invoice.getId()))
                .toList();
        return SubscriptionSnapshot.of(PaymentRef.of(Refs.SUBSCRIPTION, id), status(subscription), periods);
    }

    private static Status status(Subscription subscription) {
        String status = subscription.getStatus() == null ? "" : subscription.getStatus();
        return switch (status) {
            case "active", "trialing", "past_due", "unpaid", "incomplete", "paused" -> Status.RUNNING;
            case "canceled", "incomplete_expired" -> Status.ENDED;
            default -> Status.UNKNOWN;
        };
    }

    static PaymentSnapshot cancel(StripeCall call, PaymentRef ref, boolean atPeriodEnd, IdempotencyKey key)
            throws GatewayException {
        String id = id(call, ref);
        Subscription before = call.ask(client -> client.subscriptions().retrieve(id));
        if ("canceled".equals(before.getStatus())) {
            return shown(call, ref, before);
        }
        Subscription after = atPeriodEnd
                ? call.ask(client -> client.subscriptions()
                        .update(
                                id,
                                SubscriptionUpdateParams.builder()
                                        .setCancelAtPeriodEnd(true)
                                        .build(),
                                StripeCall.keyed(key.value())))
                : call.ask(client -> client.subscriptions()
                        .cancel(id, SubscriptionCancelParams.builder().build(), StripeCall.keyed(key.value())));
        return shown(call, ref, after);
    }

    private static String id(StripeCall call, PaymentRef ref) throws GatewayException {
        if (ref.kind().equals(Refs.SUBSCRIPTION)) {
            return ref.id();
        }
        String id = ref.kind().equals(Refs.SESSION)
                ? call.ask(client -> client.checkout().sessions().retrieve(ref.id()))
                        .getSubscription()
                : null;
        if (id == null) {
            throw new GatewayException(Kind.NOT_FOUND, "this payment began no subscription");
        }
        return id;
    }
}

package org.bursar.testing.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What happens outside the API: payers pay or are declined, money comes late, Stripe reviews, banks dispute. */
public final class Payer {
    private final StripeAccount account;

    Payer(StripeAccount account) {
        this.account = account;
    }

    private ObjectNode session(String id) {
        return account.get(id, "session");
    }

    /** The payer pays what the session asks for. */
    public ObjectNode pay(String sessionId) {
        return pay(sessionId, session(sessionId).path("amount_total").asLong());
    }

    /** The payer pays and this is captured, in Stripe's count; also after the session's end. */
    public ObjectNode pay(String sessionId, long amount) {
        synchronized (account) {
            ObjectNode session = session(sessionId);
            ObjectNode intent = intent(session);
            succeed(intent, amount);
            boolean waited = session.path("status").asText().equals("complete");
            if (session.path("status").asText().equals("open")) {
                session.put("status", "complete");
                session.putNull("url");
            }
            session.put("payment_status", "paid");
            if (session.path("mode").asText().equals("subscription")) {
                subscribe(session, intent);
            }
            account.tell("payment_intent.succeeded", intent);
            account.tell(waited ? "checkout.session.async_payment_succeeded" : "checkout.session.completed", session);
            return intent;
        }
    }

    /** The payment of a session; Stripe makes it when the payer first tries. */
    private ObjectNode intent(ObjectNode session) {
        String id = session.path("_intent").asText();
        if (!id.isEmpty()) {
            return account.get(id, "payment_intent");
        }
        ObjectNode asked = (ObjectNode) session.path("_intent_data");
        ObjectNode intent = Objects.intent(
                account,
                session.path("amount_total").asLong(),
                session.path("currency").asText());
        intent.set("customer", session.path("customer"));
        intent.put("description", asked.path("description").asText());
        if (asked.has("metadata")) {
            intent.set("metadata", asked.path("metadata").deepCopy());
        }
        if (asked.has("setup_future_usage")) {
            intent.put("setup_future_usage", asked.path("setup_future_usage").asText());
        }
        session.put("_intent", intent.path("id").asText());
        if (session.path("mode").asText().equals("payment")) {
            session.put("payment_intent", intent.path("id").asText());
        }
        return intent;
    }

    private void succeed(ObjectNode intent, long amount) {
        ObjectNode method = Objects.method(account, intent.path("customer").asText());
        intent.put("payment_method", method.path("id").asText());
        Objects.charge(account, intent, amount, true);
    }

    private void subscribe(ObjectNode session, ObjectNode intent) {
        ObjectNode subscription = account.make("subscription", "sub");
        subscription.put("customer", session.path("customer").asText()).put("status", "active");
        subscription.set(
                "metadata", session.path("_subscription_data").path("metadata").deepCopy());
        session.put("subscription", subscription.path("id").asText());
        session.put("invoice", invoice(subscription, intent, "subscription_create"));
    }

    private String invoice(ObjectNode subscription, ObjectNode intent, String reason) {
        ObjectNode invoice = account.make("invoice", "in");
        String id = invoice.path("id").asText();
        boolean paid = intent.path("status").asText().equals("succeeded");
        invoice.put("status", paid ? "paid" : "open")
                .put("billing_reason", reason)
                .put("currency", intent.path("currency").asText())
                .put("amount_paid", intent.path("amount_received").asLong())
                .put("customer", intent.path("customer").asText());
        ObjectNode details =
                invoice.putObject("parent").put("type", "subscription_details").putObject("subscription_details");
        details.put("subscription", subscription.path("id").asText());
        details.set("metadata", subscription.path("metadata").deepCopy());
        ObjectNode payments = invoice.putObject("_payments");
        payments.put("object", "list").put("has_more", false).put("url", "/v1/invoice_payments");
        ObjectNode payment = payments.putArray("data").addObject();
        payment.put("object", "invoice_payment")
                .put("id", "inpay_" + id)
                .put("status", paid ? "paid" : "open")
                .put("livemode", account.live());
        payment.putObject("payment")
                .put("type", "payment_intent")
                .put("payment_intent", intent.path("id").asText());
        subscription.put("latest_invoice", id);
        account.tell(paid ? "invoice.paid" : "invoice.payment_failed", invoice);
        return id;
    }

    /** A period later: Stripe renews a subscription. */
    public ObjectNode renew(String subscriptionId) {
        synchronized (account) {
            ObjectNode subscription = account.get(subscriptionId, "subscription");
            ObjectNode intent = nextPeriod(subscription);
            succeed(intent, intent.path("amount").asLong());
            account.tell("payment_intent.succeeded", intent);
            return account.get(invoice(subscription, intent, "subscription_cycle"), "invoice");
        }
    }

    private ObjectNode nextPeriod(ObjectNode subscription) {
        ObjectNode before = account.get(subscription.path("latest_invoice").asText(), "invoice");
        String paid = before.path("_payments")
                .path("data")
                .path(0)
                .path("payment")
                .path("payment_intent")
                .asText();
        ObjectNode intent = Objects.intent(
                account,
                account.get(paid, "payment_intent").path("amount").asLong(),
                before.path("currency").asText());
        intent.put("customer", subscription.path("customer").asText());
        return intent;
    }

    /** A period later the card is declined: the invoice stays open, and Stripe will try it again. */
    public ObjectNode renewalDeclined(String subscriptionId, String declineCode) {
        synchronized (account) {
            ObjectNode subscription = account.get(subscriptionId, "subscription");
            ObjectNode intent = nextPeriod(subscription);
            intent.put("status", "requires_payment_method");
            intent.set("last_payment_error", Objects.cardError(declineCode));
            subscription.put("status", "past_due");
            account.tell("payment_intent.payment_failed", intent);
            return account.get(invoice(subscription, intent, "subscription_cycle"), "invoice");
        }
    }

    /** Stripe tries an open invoice again, and the card pays. */
    public void collected(String invoiceId) {
        synchronized (account) {
            ObjectNode invoice = account.get(invoiceId, "invoice");
            ObjectNode payment =
                    (ObjectNode) invoice.path("_payments").path("data").path(0);
            ObjectNode intent =
                    account.get(payment.path("payment").path("payment_intent").asText(), "payment_intent");
            succeed(intent, intent.path("amount").asLong());
            payment.put("status", "paid");
            invoice.put("status", "paid")
                    .put("amount_paid", intent.path("amount").asLong());
            account.get(
                            invoice.path("parent")
                                    .path("subscription_details")
                                    .path("subscription")
                                    .asText(),
                            "subscription")
                    .put("status", "active");
            account.tell("invoice.paid", invoice);
        }
    }

    /** Somebody ends a subscription on Stripe's own pages. */
    public void endSubscription(String subscriptionId) {
        synchronized (account) {
            ObjectNode subscription = account.get(subscriptionId, "subscription");
            subscription.put("status", "canceled").put("canceled_at", account.now());
            account.tell("customer.subscription.deleted", subscription);
        }
    }

    /** The payer's card is declined; the session stays open. */
    public void decline(String sessionId, String declineCode) {
        synchronized (account) {
            ObjectNode intent = intent(session(sessionId));
            intent.put("status", "requires_payment_method");
            intent.set("last_payment_error", Objects.cardError(declineCode));
            account.tell("payment_intent.payment_failed", intent);
        }
    }

    /** The payer chose a way to pay that takes days. */
    public void process(String sessionId) {
        synchronized (account) {
            ObjectNode session = session(sessionId);
            ObjectNode intent = intent(session);
            intent.put("status", "processing");
            session.put("status", "complete").put("payment_status", "unpaid").putNull("url");
            account.tell("payment_intent.processing", intent);
            account.tell("checkout.session.completed", session);
        }
    }

    /** The money that was on its way does not come. */
    public void fail(String sessionId) {
        synchronized (account) {
            ObjectNode session = session(sessionId);
            ObjectNode intent = intent(session);
            intent.put("status", "requires_payment_method");
            intent.set("last_payment_error", Objects.cardError("generic_decline"));
            account.tell("payment_intent.payment_failed", intent);
            account.tell("checkout.session.async_payment_failed", session);
        }
    }

    /** The session's time is over. */
    public void expire(String sessionId) {
        synchronized (account) {
            ObjectNode session = session(sessionId);
            Objects.expire(account, session);
            account.tell("checkout.session.expired", session);
        }
    }

    /** Radar holds a payment for review. */
    public ObjectNode openReview(String intentId) {
        synchronized (account) {
            ObjectNode intent = account.get(intentId, "payment_intent");
            ObjectNode review = account.make("review", "prv");
            review.put("open", true).put("payment_intent", intentId).put("reason", "rule");
            review.remove("metadata");
            intent.put("review", review.path("id").asText());
            account.tell("review.opened", review);
            return review;
        }
    }

    /** A person ends the review; a rejected payment is refunded. */
    public void closeReview(String intentId, boolean approved) {
        synchronized (account) {
            ObjectNode intent = account.get(intentId, "payment_intent");
            ObjectNode review = account.get(intent.path("review").asText(), "review");
            String reason = approved ? "approved" : "refunded_as_fraud";
            review.put("open", false).put("reason", reason).put("closed_reason", reason);
            if (!approved) {
                refund(intentId, intent.path("amount_received").asLong(), "succeeded");
            }
            account.tell("review.closed", review);
        }
    }

    /** A refund that nobody asked for over the API. */
    public ObjectNode refund(String intentId, long amount, String status) {
        synchronized (account) {
            ObjectNode refund = Objects.refund(account, account.get(intentId, "payment_intent"), amount, status);
            account.tell("refund.created", refund);
            return refund;
        }
    }

    /** What becomes of a refund. */
    public void refundBecomes(String refundId, String status) {
        synchronized (account) {
            ObjectNode refund = account.get(refundId, "refund");
            refund.put("status", status);
            if (status.equals("failed")) {
                refund.put("failure_reason", "lost_or_stolen_card");
            }
            account.tell(status.equals("failed") ? "refund.failed" : "refund.updated", refund);
        }
    }

    /** The payer's bank asks or takes the money back. */
    public ObjectNode dispute(String intentId, String status) {
        synchronized (account) {
            ObjectNode intent = account.get(intentId, "payment_intent");
            ObjectNode dispute = account.make("dispute", "du");
            dispute.put("payment_intent", intentId)
                    .put("charge", intent.path("latest_charge").asText())
                    .put("amount", intent.path("amount_received").asLong())
                    .put("currency", intent.path("currency").asText())
                    .put("status", status);
            account.tell("charge.dispute.created", dispute);
            return dispute;
        }
    }

    /** What becomes of a dispute. */
    public void disputeBecomes(String disputeId, String status) {
        synchronized (account) {
            ObjectNode dispute = account.get(disputeId, "dispute");
            dispute.put("status", status);
            boolean over = status.equals("won") || status.equals("lost") || status.equals("warning_closed");
            account.tell(over ? "charge.dispute.closed" : "charge.dispute.updated", dispute);
        }
    }

    /** A payer with a card that Stripe keeps. {@code behaviour}: {@code good}, or the code with which charges are refused. */
    public ObjectNode savedMethod(String behaviour) {
        synchronized (account) {
            ObjectNode customer = account.make("customer", "cus");
            ObjectNode method = Objects.method(account, customer.path("id").asText());
            method.put("_behaviour", behaviour);
            return method;
        }
    }

    /** Stripe shows a word that it never had before. */
    public void unheardOf(String sessionId) {
        synchronized (account) {
            intent(session(sessionId)).put("status", "levitating");
        }
    }
}

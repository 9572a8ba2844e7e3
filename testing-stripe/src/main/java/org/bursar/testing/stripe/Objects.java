package org.bursar.testing.stripe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How Stripe's objects look when they are made and when something becomes of them. */
final class Objects {
    private Objects() {}

    static ObjectNode intent(StripeAccount account, long amount, String currency) {
        ObjectNode intent = account.make("payment_intent", "pi");
        intent.put("amount", amount)
                .put("currency", currency)
                .put("amount_received", 0)
                .put("status", "requires_payment_method")
                .putNull("last_payment_error")
                .putNull("canceled_at")
                .putNull("next_action")
                .putNull("transfer_data")
                .putNull("shipping");
        return intent;
    }

    static ObjectNode method(StripeAccount account, String customer) {
        ObjectNode method = account.make("payment_method", "pm");
        method.put("customer", customer);
        return method;
    }

    /** Money is taken, or reserved. */
    static void charge(StripeAccount account, ObjectNode intent, long amount, boolean captured) {
        ObjectNode charge = account.make("charge", "ch");
        charge.put("amount", amount)
                .put("amount_captured", captured ? amount : 0)
                .put("captured", captured)
                .put("paid", true)
                .put("status", "succeeded")
                .put("currency", intent.path("currency").asText())
                .put("payment_intent", intent.path("id").asText());
        charge.set("metadata", intent.path("metadata").deepCopy());
        intent.put("status", captured ? "succeeded" : "requires_capture")
                .put("amount_received", captured ? amount : 0)
                .put("latest_charge", charge.path("id").asText())
                .putNull("last_payment_error");
    }

    static ObjectNode refund(StripeAccount account, ObjectNode intent, long amount, String status) {
        long left = intent.path("amount_received").asLong()
                - account.all("refund").stream()
                        .filter(one -> one.path("payment_intent")
                                .asText()
                                .equals(intent.path("id").asText()))
                        .filter(one -> !one.path("status").asText().equals("failed"))
                        .filter(one -> !one.path("status").asText().equals("canceled"))
                        .mapToLong(one -> one.path("amount").asLong())
                        .sum();
        if (left == 0) {
            throw StripeError.invalid("charge_already_refunded", "", "Charge has already been refunded.");
        }
        if (amount > left) {
            throw StripeError.invalid("", "amount", "Refund amount is greater than unrefunded amount on charge");
        }
        ObjectNode refund = account.make("refund", "re");
        refund.put("amount", amount)
                .put("currency", intent.path("currency").asText())
                .put("payment_intent", intent.path("id").asText())
                .put("charge", intent.path("latest_charge").asText())
                .put("status", status);
        return refund;
    }

    static void expire(StripeAccount account, ObjectNode session) {
        session.put("status", "expired").putNull("url");
        String intent = session.path("_intent").asText();
        if (!intent.isEmpty()) {
            account.get(intent, "payment_intent").put("status", "canceled");
        }
    }

    static ObjectNode cardError(String declineCode) {
        ObjectNode error = JsonNodeFactory.instance.objectNode().put("type", "card_error");
        switch (declineCode) {
            case "authentication_required", "expired_card", "processing_error" -> error.put("code", declineCode);
            default -> error.put("code", "card_declined");
        }
        return error.put("decline_code", declineCode).put("message", "Your card was declined.");
    }
}

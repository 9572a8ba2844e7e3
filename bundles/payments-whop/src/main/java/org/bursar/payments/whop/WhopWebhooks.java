package org.bursar.payments.whop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookOutcome.Hint;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRejected.Why;
import org.bursar.payments.spi.WebhookRequest;

/** What Whop's events name. They are verified and lead to a look; nothing else in them is believed. */
final class WhopWebhooks {
    private WhopWebhooks() {}

    static WebhookOutcome outcome(GatewayContext context, WebhookRequest raw) throws WebhookRejected {
        List<char[]> secrets = new ArrayList<>();
        try {
            secrets.add(context.secret(WhopSettings.WEBHOOK_SECRET));
        } catch (IllegalArgumentException notSet) {
            throw new WebhookRejected(Why.UNSUPPORTED, "the setting " + WhopSettings.WEBHOOK_SECRET + " is missing");
        }
        context.previousSecret(WhopSettings.WEBHOOK_SECRET).ifPresent(secrets::add);
        String id = WhopSignature.verified(raw, secrets);
        Node event = WhopApi.readOrNull(raw.body());
        if (event == null) {
            throw new WebhookRejected(Why.MALFORMED, "the body is no JSON object");
        }
        Optional<String> account = context.setting(WhopSettings.ACCOUNT);
        Optional<String> sender = event.text("company_id").or(() -> event.text("account_id"));
        if (sender.isPresent() && !sender.equals(account)) {
            throw new WebhookRejected(Why.WRONG_ACCOUNT, "the event is of another account");
        }
        String type = event.text("type").orElse("");
        if (type.isEmpty()) {
            throw new WebhookRejected(Why.MALFORMED, "the event has no type");
        }
        Node data = event.node("data");
        return switch (type) {
            case "payment.created", "payment.pending", "payment.succeeded", "payment.failed" ->
                WebhookOutcome.of(id, type, hints(account, data));
            case "refund.created", "refund.updated", "dispute.created", "dispute.updated", "dispute_alert.created" ->
                WebhookOutcome.of(id, type, hints(account, data.node("payment")));
            case "membership.activated",
                    "membership.deactivated",
                    "membership.cancel_at_period_end_changed",
                    "membership.trial_ending_soon" ->
                WebhookOutcome.of(id, type, hint(WhopMemberships.MEMBERSHIP, data));
            default -> WebhookOutcome.notUnderstood(id, type);
        };
    }

    /** An object by its own name, whosever it is: its metadata would name the first purchase of a plan for every period. */
    private static List<Hint> hint(String kind, Node data) {
        return data.text("id")
                .map(id -> List.of(Hint.of(PaymentRef.of(kind, id), Optional.empty())))
                .orElse(List.of());
    }

    private static List<Hint> hints(Optional<String> account, Node payment) {
        if (WhopMemberships.later(payment)) {
            return hint(WhopGateway.PAYMENT, payment);
        }
        Optional<String> purchase = WhopPayments.purchaseId(payment);
        Optional<PaymentRef> ref = payment.text("checkout_configuration_id")
                .flatMap(link -> account.map(own -> WhopGateway.ofLink(own, link)))
                .or(() -> payment.text("id").map(id -> PaymentRef.of(WhopGateway.PAYMENT, id)));
        return ref.map(found -> List.of(Hint.of(found, purchase))).orElse(List.of());
    }
}

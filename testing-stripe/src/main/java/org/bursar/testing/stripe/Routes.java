package org.bursar.testing.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What Stripe does at each of its paths, as far as it is asked here. */
final class Routes {
    private static final long DAY = 86_400;
    private static final long HALF_HOUR = 1_800;

    private final StripeAccount account;
    private final ObjectNode form;

    private Routes(StripeAccount account, ObjectNode form) {
        this.account = account;
        this.form = form;
    }

    static JsonNode of(StripeAccount account, FakeStripe.Recorded request) {
        Routes routes = new Routes(account, request.form());
        String[] steps = request.path()
                .replaceFirst("^/v1/", "")
                .replace("checkout/", "checkout_")
                .split("/");
        String what = request.method() + ' ' + steps[0] + (steps.length > 2 ? '/' + steps[2] : "");
        String id = steps.length > 1 ? steps[1] : "";
        ObjectNode answer = steps.length == 1 || request.path().equals("/v1/billing_portal/sessions")
                ? routes.whole(what)
                : routes.one(what, id);
        return Shown.of(account, answer, request.form().path("expand"));
    }

    private ObjectNode whole(String what) {
        return switch (what) {
            case "POST customers" -> customer();
            case "GET customers" -> list("customer", any -> true);
            case "POST checkout_sessions" -> session();
            case "GET checkout_sessions" ->
                list("checkout.session", same("customer", "payment_intent", "status", "subscription"));
            case "POST payment_intents" -> intent();
            case "GET payment_intents" -> list("payment_intent", same("customer"));
            case "POST refunds" -> refund();
            case "GET refunds" -> list("refund", same("payment_intent"));
            case "GET disputes" -> list("dispute", same("payment_intent"));
            case "GET invoices" -> list("invoice", this::ofSubscription);
            case "GET invoice_payments" -> list(invoicePayments());
            case "GET events" -> list(Lists.asked(form, account.events()));
            case "POST webhook_endpoints" -> endpoint();
            case "GET webhook_endpoints" -> list("webhook_endpoint", any -> true);
            case "POST billing_portal" -> portal();
            case "GET account" -> account.itself();
            case "GET balance" -> account.make("balance", "bal");
            case "POST payment_methods" -> account.make("payment_method", "pm").putNull("customer");
            case "POST products" -> account.make("product", "prod").put("name", text("name"));
            case "POST prices" ->
                account.make("price", "price")
                        .put("currency", required("currency"))
                        .put("unit_amount", amount(form.path("unit_amount"), "unit_amount"));
            default -> throw unknown(what);
        };
    }

    private ObjectNode one(String what, String id) {
        return switch (what) {
            case "GET customers",
                    "GET checkout_sessions",
                    "GET payment_intents",
                    "GET refunds",
                    "GET reviews",
                    "GET payment_methods",
                    "GET invoices",
                    "GET subscriptions",
                    "GET webhook_endpoints" -> account.get(id, "id");
            case "POST checkout_sessions" -> marked(account.get(id, "session"));
            case "GET payment_pages" -> account.get(id, "session");
            case "POST payment_pages/confirm" -> confirmed(account.get(id, "session"));
            case "POST checkout_sessions/expire" -> expired(account.get(id, "session"));
            case "POST payment_intents/cancel" -> cancelled(account.get(id, "intent"));
            case "POST payment_methods/detach" -> detached(account.get(id, "payment_method"));
            case "POST subscriptions" ->
                account.get(id, "id").put("cancel_at_period_end", flag("cancel_at_period_end"));
            case "DELETE subscriptions" -> ended(account.get(id, "id"));
            case "POST webhook_endpoints" -> events(account.get(id, "id"));
            case "DELETE webhook_endpoints" -> removed(id);
            default -> throw unknown(what);
        };
    }

    private static StripeError unknown(String what) {
        return new StripeError(Answer.error(404, "invalid_request_error", "", "", "Unrecognized request URL: " + what));
    }

    private String text(String name) {
        return form.path(name).asText();
    }

    private boolean flag(String name) {
        return text(name).equals("true");
    }

    private String required(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw StripeError.invalid("parameter_missing", name, "Missing required param: " + name + ".");
        }
        return text;
    }

    private long amount(JsonNode node, String param) {
        String text = node.asText();
        if (!text.matches("-?[0-9]{1,18}")) {
            throw StripeError.invalid("parameter_invalid_integer", param, "Invalid integer: " + text);
        }
        long amount = Long.parseLong(text);
        if (amount < 1 || amount > 99_999_999_999L) {
            throw StripeError.invalid("parameter_invalid_integer", param, "Amount out of bounds");
        }
        return amount;
    }

    private void metadata(ObjectNode object) {
        if (form.path("metadata").isObject()) {
            form.path("metadata").properties().forEach(pair -> {
                if (pair.getKey().length() > 40 || pair.getValue().asText().length() > 500) {
                    throw StripeError.invalid("", "metadata", "Metadata is too long");
                }
                ((ObjectNode) object.path("metadata"))
                        .put(pair.getKey(), pair.getValue().asText());
            });
        }
    }

    private ObjectNode customer() {
        ObjectNode customer = account.make("customer", "cus");
        customer.put("email", text("email")).put("description", text("description"));
        metadata(customer);
        return customer;
    }

    private ObjectNode session() {
        String mode = required("mode");
        JsonNode item = form.path("line_items").path(0);
        JsonNode price =
                item.has("price") ? account.get(item.path("price").asText(), "price") : item.path("price_data");
        long amount = amount(price.path("unit_amount"), "line_items[0][price_data][unit_amount]");
        if (!text("customer").isEmpty()) {
            account.get(text("customer"), "customer");
        }
        long end = text("expires_at").isEmpty() ? account.now() + DAY : Long.parseLong(text("expires_at"));
        if (end < account.now() + HALF_HOUR || end > account.now() + DAY) {
            throw StripeError.invalid(
                    "", "expires_at", "The expires_at timestamp must be 30 minutes to 24 hours from now");
        }
        ObjectNode session = account.make("checkout.session", account.live() ? "cs_live" : "cs_test");
        String id = session.path("id").asText();
        session.put("mode", mode)
                .put("status", "open")
                .put("payment_status", "unpaid")
                .put("currency", price.path("currency").asText())
                .put("amount_total", amount * item.path("quantity").asLong(1))
                .put("amount_subtotal", amount * item.path("quantity").asLong(1))
                .put("customer", text("customer").isEmpty() ? null : text("customer"))
                .put("client_reference_id", text("client_reference_id"))
                .put("success_url", required("success_url"))
                .put("cancel_url", text("cancel_url"))
                .put("expires_at", end)
                .put("url", "https://checkout.stripe.com/c/pay/" + id)
                .putNull("payment_intent")
                .putNull("currency_conversion");
        session.set(
                "_intent_data",
                form.path("payment_intent_data").isObject() ? form.path("payment_intent_data") : empty());
        session.set("_subscription_data", form.path("subscription_data"));
        metadata(session);
        return session;
    }

    /** What Stripe's page does when the payer presses the button. */
    private ObjectNode confirmed(ObjectNode session) {
        account.payer().pay(session.path("id").asText());
        return session;
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode marked(ObjectNode session) {
        metadata(session);
        return session;
    }

    private ObjectNode expired(ObjectNode session) {
        if (!session.path("status").asText().equals("open")) {
            throw StripeError.invalid("", "", "Only Checkout Sessions with a status of open can be expired");
        }
        Objects.expire(account, session);
        account.tell("checkout.session.expired", session);
        return session;
    }

    private ObjectNode intent() {
        long amount = amount(form.path("amount"), "amount");
        if (!text("customer").isEmpty()) {
            account.get(text("customer"), "customer");
        }
        String behaviour = flag("confirm") ? behaviour() : "";
        ObjectNode intent = Objects.intent(account, amount, required("currency"));
        intent.put("customer", text("customer").isEmpty() ? null : text("customer"));
        metadata(intent);
        switch (behaviour) {
            case "" -> {}
            case "good", "inquiry" -> {
                intent.put("payment_method", text("payment_method"));
                Objects.charge(account, intent, amount, true);
                account.tell("payment_intent.succeeded", intent);
                if (behaviour.equals("inquiry")) {
                    account.payer().dispute(intent.path("id").asText(), "warning_needs_response");
                }
            }
            default -> {
                ObjectNode error = Objects.cardError(behaviour);
                intent.set("last_payment_error", error);
                account.tell("payment_intent.payment_failed", intent);
                ObjectNode refusal = error.deepCopy();
                refusal.set("payment_intent", Shown.of(account, intent, JsonNodeFactory.instance.missingNode()));
                throw new StripeError(Answer.error(402, refusal));
            }
        }
        return intent;
    }

    /** What the card does: one that is kept, or one of Stripe's test cards. */
    private String behaviour() {
        String method = required("payment_method");
        switch (method) {
            case "pm_card_visa" -> {
                return "good";
            }
            case "pm_card_chargeDeclined" -> {
                return "generic_decline";
            }
            case "pm_card_createDisputeInquiry" -> {
                return "inquiry";
            }
            default -> {
                String behaviour = account.find(method)
                        .filter(one -> one.path("customer").asText().equals(text("customer")))
                        .map(one -> one.path("_behaviour").asText("good"))
                        .orElse("gone");
                if (behaviour.equals("gone")) {
                    throw StripeError.missing("payment_method", method);
                }
                return behaviour;
            }
        }
    }

    private ObjectNode cancelled(ObjectNode intent) {
        if (intent.path("status").asText().equals("succeeded")) {
            throw StripeError.invalid("payment_intent_unexpected_state", "", "You cannot cancel this PaymentIntent");
        }
        intent.put("status", "canceled");
        account.tell("payment_intent.canceled", intent);
        return intent;
    }

    private ObjectNode refund() {
        ObjectNode intent = account.get(required("payment_intent"), "payment_intent");
        if (!intent.path("status").asText().equals("succeeded")) {
            throw StripeError.invalid(
                    "", "payment_intent", "This PaymentIntent does not have a successful charge to refund.");
        }
        long amount = form.has("amount")
                ? amount(form.path("amount"), "amount")
                : intent.path("amount_received").asLong();
        ObjectNode refund =
                Objects.refund(account, intent, amount, intent.path("_refunds").asText("succeeded"));
        metadata(refund);
        account.tell("refund.created", refund);
        return refund;
    }

    private ObjectNode detached(ObjectNode method) {
        if (method.path("customer").isNull()) {
            throw StripeError.invalid(
                    "",
                    "",
                    "The payment method you provided is not attached to a customer so detachment is impossible.");
        }
        return method.putNull("customer");
    }

    private ObjectNode ended(ObjectNode subscription) {
        subscription.put("status", "canceled").put("canceled_at", account.now());
        account.tell("customer.subscription.deleted", subscription);
        return subscription;
    }

    private ObjectNode endpoint() {
        ObjectNode endpoint = account.make("webhook_endpoint", "we");
        endpoint.put("url", required("url")).put("status", "enabled").put("_connect", flag("connect"));
        endpoint.put("_secret", "whsec_" + endpoint.path("id").asText());
        events(endpoint);
        return endpoint.deepCopy().put("secret", endpoint.path("_secret").asText());
    }

    private ObjectNode events(ObjectNode endpoint) {
        if (form.path("enabled_events").isArray()) {
            endpoint.set("enabled_events", form.path("enabled_events"));
        }
        if (text("disabled").equals("false")) {
            endpoint.put("status", "enabled");
        }
        return endpoint;
    }

    private ObjectNode removed(String id) {
        account.get(id, "id");
        account.remove(id);
        return empty().put("id", id).put("object", "webhook_endpoint").put("deleted", true);
    }

    private ObjectNode portal() {
        account.get(required("customer"), "customer");
        ObjectNode session = account.make("billing_portal.session", "bps");
        return session.put("customer", text("customer"))
                .put("return_url", text("return_url"))
                .put(
                        "url",
                        "https://billing.stripe.com/p/session/"
                                + session.path("id").asText());
    }

    private boolean ofSubscription(ObjectNode invoice) {
        String asked = text("subscription");
        JsonNode details = invoice.path("parent").path("subscription_details");
        return asked.isEmpty() || details.path("subscription").asText().equals(asked);
    }

    private List<ObjectNode> invoicePayments() {
        String intent = form.path("payment").path("payment_intent").asText();
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode invoice : account.all("invoice")) {
            for (JsonNode payment : invoice.path("_payments").path("data")) {
                if (payment.path("payment").path("payment_intent").asText().equals(intent)) {
                    found.add(((ObjectNode) payment)
                            .put("invoice", invoice.path("id").asText()));
                }
            }
        }
        return found;
    }

    private Predicate<ObjectNode> same(String... names) {
        return object -> {
            for (String name : names) {
                if (!text(name).isEmpty() && !object.path(name).asText().equals(text(name))) {
                    return false;
                }
            }
            return true;
        };
    }

    private ObjectNode list(String resource, Predicate<ObjectNode> which) {
        return list(account.all(resource, which));
    }

    private ObjectNode list(List<ObjectNode> found) {
        return Lists.page(form, found);
    }
}

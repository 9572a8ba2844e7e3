package org.bursar.payments.tck.specimen;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.SavedMethodRef;
import org.bursar.payments.tck.StubAnswer;

/** The stub of the specimen's provider, with everything that a provider can have. */
final class VersatileProvider extends StubProvider {
    VersatileProvider() throws IOException {}

    @Override
    StubMerchant merchant(String id, boolean live) {
        return new Merchant(id, live);
    }

    private static final class Merchant extends StubMerchant {
        private final Map<String, Method> methods = new HashMap<>();
        private final List<Map<String, Object>> changes = new ArrayList<>();

        Merchant(String id, boolean live) {
            super(id, live);
        }

        @Override
        void tell(Map<String, Object> payment, String type) {
            super.tell(payment, type);
            changes.add(Map.of("id", payment.get("id")));
        }

        @Override
        synchronized StubAnswer read(String path, Map<String, String> query) {
            if (path.equals("portal")) {
                return StubAnswer.json(200, "{\"url\":\"https://portal.provider.example/visit\"}");
            }
            if (path.equals("changes")) {
                int from = Integer.parseInt(query.get("from"));
                int to = Math.min(changes.size(), from + Integer.parseInt(query.get("limit")));
                return StubAnswer.json(
                        200, Json.write(Map.of("items", changes.subList(from, to), "next", Integer.toString(to))));
            }
            return super.read(path, query);
        }

        @Override
        synchronized StubAnswer write(String path, Map<String, Object> body) {
            if (path.equals("charges")) {
                return StubAnswer.json(200, Json.write(charge(body)));
            }
            if (path.equals("webhooks")) {
                return StubAnswer.json(200, "{\"secret\":\"whsec_made_by_the_provider\"}");
            }
            if (path.startsWith("methods/")) {
                methods.put(path.split("/")[1], Method.GONE);
                return StubAnswer.json(200, "{}");
            }
            if (path.endsWith("/cancel")) {
                Map<String, Object> payment = named(path.substring(0, path.length() - "/cancel".length()));
                payment.computeIfPresent("status", (name, status) -> status.equals("open") ? "cancelled" : status);
                return StubAnswer.json(200, Json.write(payment));
            }
            if (path.endsWith("/stop")) {
                Map<String, Object> payment = named(path.substring(0, path.length() - "/stop".length()));
                payment.computeIfPresent("renewing", (name, before) -> false);
                return StubAnswer.json(200, Json.write(payment));
            }
            if (path.equals("payments") && body.containsKey("every")) {
                Map<String, Object> payment = create(body);
                payment.put("renewing", true);
                return StubAnswer.json(200, Json.write(payment));
            }
            return super.write(path, body);
        }

        private Map<String, Object> named(String path) {
            StubAnswer shown = super.read(path, Map.of());
            return payment(Json.text(Json.read(new String(shown.body())), "reference"));
        }

        private Map<String, Object> charge(Map<String, Object> body) {
            Map<String, Object> payment = create(body);
            Method method = methods.getOrDefault(Json.text(body, "method"), Method.GONE);
            String decline = switch (method) {
                case GOOD -> null;
                case NEEDS_AUTHENTICATION -> "authentication_required";
                case DECLINED -> "card_declined";
                case GONE -> "method_gone";
            };
            if (decline == null) {
                payment.put("status", "paid");
                payment.put("captured", payment.get("amount"));
            } else {
                payment.put("status", "failed");
                payment.put("decline", decline);
            }
            tell(payment, "payment.changed");
            return payment;
        }

        @Override
        public synchronized SavedMethodRef savedMethod(Method method) {
            String id = "pm_" + methods.size();
            methods.put(id, method);
            return SavedMethodRef.of("cus_1", id);
        }

        /** A checkout can be paid again: the provider shows the sum. */
        @Override
        public synchronized void pay(String purchaseId, Money amount) {
            Map<String, Object> payment = payment(purchaseId);
            BigDecimal before = Json.number(payment, "captured");
            super.pay(purchaseId, amount);
            payment.put("captured", amount.amount().add(before));
            payment.merge("times", 1, (one, more) -> (Integer) one + (Integer) more);
        }

        @Override
        public synchronized int payments(String purchaseId) {
            return payment(purchaseId).get("times") instanceof Integer times ? times : super.payments(purchaseId);
        }

        @Override
        public synchronized void happens(String purchaseId, Event event) {
            Map<String, Object> payment = payment(purchaseId);
            switch (event) {
                case OPEN_REVIEW -> payment.put("review", true);
                case APPROVE_REVIEW -> payment.put("review", false);
                case REJECT_REVIEW -> {
                    payment.put("review", false);
                    Map<String, Object> refund = new LinkedHashMap<>();
                    refund.put("id", "ref_of_review");
                    refund.put("status", "succeeded");
                    refund.put("amount", payment.get("captured"));
                    parts(payment, "refunds").add(refund);
                }
                default -> {
                    super.happens(purchaseId, event);
                    return;
                }
            }
            tell(payment, "payment.changed");
        }
    }
}

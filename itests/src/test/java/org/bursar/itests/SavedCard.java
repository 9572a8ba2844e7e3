package org.bursar.itests;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.UUID;
import org.bursar.itests.Http.Answer;
import org.bursar.testing.stripe.FakeStripe;
import org.bursar.testing.stripe.StripeAccount;

/** A card that a customer let Stripe keep when it paid; the Stripe is one of ours, and is gone when this is closed. */
final class SavedCard implements AutoCloseable {
    private static final String KEY = "sk_test_savedcard7Wq2";

    private final FakeStripe stripe = FakeStripe.start(Clock.systemUTC());
    private final Http agency;
    final StripeAccount account = stripe.account(KEY);

    /**
     * Buys a package by card, and pays on Stripe's page.
     *
     * @param agency who administers the tenant and its gateways
     */
    SavedCard(Platform platform, Http agency, String customer) throws Exception {
        this.agency = agency;
        Files.writeString(
                platform.configuration("org.bursar.purchases"),
                "\ngateway.apis = stripe=" + stripe.uri() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        agency.put("/api/v1/gateways/stripe/settings", "{\"secretKey\": \"" + KEY + "\"}")
                .is(200);
        turn(true);
        // the file is read within a second
        Callers.await(
                () -> {
                    platform.query("update purchases.gateway_health set checked_at = checked_at - interval '1 hour'");
                    String path = "/api/v1/gateways/stripe/health";
                    Answer health = agency.get(path).is(200);
                    return !stripe.requests().isEmpty() && !health.at("/code").equals("down");
                },
                "Stripe to be asked at the operator's address");
        String sold = agency.get("/api/v1/packages?active=true").is(200).at("/items/0/id");
        String body = "{\"customer\": \"%s\", \"package\": \"%s\", \"gateway\": \"stripe\", \"saveMethod\": true}"
                .formatted(customer, sold);
        Answer bought = agency.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/v1/purchases", body)
                .is(201)
                .shows("/mode", "test");
        account.payer().pay(checkout().path("id").asText());
        agency.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/v1/purchases/" + bought.at("/id") + "/reconcile", "{}")
                .is(200)
                .shows("/status", "approved");
        assertEquals(
                "the saved method can be managed",
                "true",
                agency.get("/api/v1/saved-methods?customer=" + customer).is(200).at("/items/0/manageable"));
    }

    ObjectNode checkout() {
        return account.all("checkout.session").get(0);
    }

    private void turn(boolean on) throws Exception {
        String change = "{\"enabled\": %s, \"mode\": \"test\"}".formatted(on);
        agency.send("PATCH", "/api/v1/gateways/stripe", "application/merge-patch+json", change)
                .is(200);
    }

    @Override
    public void close() throws Exception {
        try {
            turn(false);
        } finally {
            stripe.close();
        }
    }
}

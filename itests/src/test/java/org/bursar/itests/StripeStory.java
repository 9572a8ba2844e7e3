package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.bursar.itests.Http.Answer;
import org.bursar.testing.stripe.Deliveries;
import org.bursar.testing.stripe.FakeStripe;
import org.bursar.testing.stripe.StripeAccount;

/** Stripe's own bundle in the running distribution; an operator's file says that its API is at a Stripe of ours. */
final class StripeStory {
    private static final String KEY = "sk_test_rk4Jq8ZbTn2Wv7";
    private static final String SIGNING = "whsec_Pd93kLq0xYt5Rm";
    private static final String NEXT_SIGNING = "whsec_thenextone0123456789abcdef";

    private final Platform platform;
    private final GatewayShop shop;
    private final Agency agency;
    private final String customer;

    StripeStory(Platform platform, GatewayShop shop, Agency agency) {
        this.platform = platform;
        this.shop = shop;
        this.agency = agency;
        customer = agency.customer("Lindqvist", "0");
    }

    void tell() throws Exception {
        try (FakeStripe stripe = FakeStripe.start(Clock.systemUTC())) {
            StripeAccount account = stripe.account(KEY);
            URI webhooks = configured(stripe);
            try (Deliveries deliveries = Deliveries.of(account, webhooks, SIGNING, Deliveries.Habits.good())) {
                String paid = bought(account);
                awaits(paid, "approved", "500.00");
                assertEquals(
                        "one session for one purchase",
                        1,
                        account.all("checkout.session").size());

                planIsCollected(account);

                deliveries.loseAll(true);
                String unheard = bought(account);
                purchase(unheard).shows("/status", "awaiting_payment");
                assertEquals("purchases that nobody looks for", 0, shop.finish("stripe"));
                awaits(unheard, "approved", "1000.00");
                deliveries.loseAll(false);

                refunded(paid);
                disputed(account, unheard);
                deliveries.loseAll(true);
                changedUnheard(account, unheard);
                assertTrue("webhooks were refused: " + deliveries.refused(), deliveries.refused() == 0);
                assertTrue("no webhook came", deliveries.accepted() > 0);
            }
        }
        leavesNoTrace();
    }

    /** Neither the key nor a signing secret, the one before it included, is where somebody could read it. */
    private void leavesNoTrace() throws Exception {
        agency.app()
                .put("/api/v1/gateways/stripe/settings", "{\"webhookSecret\": \"" + NEXT_SIGNING + "\"}")
                .is(200);
        for (String secret : List.of(KEY, SIGNING, NEXT_SIGNING)) {
            assertEquals("a secret lies open", List.of(), Traces.of(platform, secret));
            for (String path :
                    List.of("gateways", "gateways/stripe", "gateways/stripe/settings", "audit-entries?limit=200")) {
                String shown = agency.app().get("/api/v1/" + path).is(200).text();
                assertFalse(path, shown.contains(secret));
            }
        }
        assertFalse(
                "the search finds nothing at all",
                Traces.of(platform, "Lindqvist").isEmpty());
    }

    /** Over the interface, as a tenant does it; gives where the platform wants Stripe's events. */
    private URI configured(FakeStripe stripe) throws Exception {
        Files.writeString(
                platform.configuration("org.bursar.purchases"),
                "\ngateway.apis = stripe=" + stripe.uri() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        Http app = agency.app();
        app.send("PATCH", "/api/v1/gateways/stripe", "application/merge-patch+json", "{\"mode\": \"test\"}")
                .is(200);
        accountsAreAssigned(app);
        Answer settings = app.put(
                        "/api/v1/gateways/stripe/settings",
                        "{\"secretKey\": \"%s\", \"webhookSecret\": \"%s\"}".formatted(KEY, SIGNING))
                .is(200);
        assertFalse(
                settings.text(),
                settings.text().contains(KEY) || settings.text().contains(SIGNING));
        settings.shows("/secretKey/set", "true");
        // the file is read within a second
        Callers.await(
                () -> {
                    platform.query("update purchases.gateway_health set checked_at = checked_at - interval '1 hour'");
                    return app.get("/api/v1/gateways/stripe/health")
                            .is(200)
                            .at("/code")
                            .equals("up");
                },
                "Stripe to be asked at the operator's address");
        String url = app.get("/api/v1/gateways/stripe")
                .is(200)
                .shows("/configured", "true")
                .at("/webhook/url");
        return platform.address().resolve(URI.create(url).getPath());
    }

    /** Whoever types an account would act on it with the platform's key. */
    private void accountsAreAssigned(Http app) {
        String path = "/api/v1/gateways/stripe/settings";
        String connected =
                "{\"connection\": \"connect\", \"account\": \"acct_harborlight\", \"secretKey\": \"" + KEY + "\"}";
        Answer typed = app.put(path, connected).is(422);
        assertTrue(typed.text(), typed.text().contains("/account"));
        agency.admin().put(path, connected).is(200).shows("/account", "acct_harborlight");
        app.put(path, "{\"connection\": \"own_key\"}").refuses(403, "forbidden");
        agency.admin().put(path, "{\"secretKey\": \"" + KEY + "\"}").is(200);
    }

    /** Buys, and pays on Stripe's page. */
    private String bought(StripeAccount account) {
        Answer bought = agency.purchase(customer, "stripe", UUID.randomUUID().toString())
                .is(201)
                .shows("/status", "awaiting_payment")
                .shows("/mode", "test");
        String page = bought.at("/next/url");
        account.payer().pay(page.substring(page.lastIndexOf('/') + 1));
        return bought.at("/id");
    }

    private Answer purchase(String id) {
        return agency.app().get("/api/v1/purchases/" + id).is(200);
    }

    private void awaits(String id, String status, String balance) throws Exception {
        Callers.await(() -> purchase(id).at("/status").equals(status), id + " to be " + status);
        assertEquals(
                balance,
                0,
                new BigDecimal(agency.wallet(customer).is(200).at("/balance")).compareTo(new BigDecimal(balance)));
    }

    /** A fifth of the price, by the agency's people. */
    private void refunded(String id) throws Exception {
        agency.keyed(
                        "/api/v1/purchases/" + id + "/refund",
                        "{\"amount\": {\"amount\": \"90.00\", \"currency\": \"USD\"}, \"reason\": \"asked for it\"}")
                .is(201);
        awaits(id, "partially_refunded", "900.00");
    }

    /** Stripe's event names the payment alone, neither its checkout nor the purchase. */
    private void disputed(StripeAccount account, String id) throws Exception {
        String dispute = account.payer()
                .dispute(intent(account, id), "needs_response")
                .path("id")
                .asText();
        awaits(id, "disputed", "400.00");
        agency.app()
                .get("/api/v1/purchases/" + id + "/disputes")
                .is(200)
                .shows("/items/0/id", dispute)
                .shows("/items/0/status", "open");
        account.payer().disputeBecomes(dispute, "won");
        awaits(id, "approved", "900.00");
    }

    /** A plan is taken by card, renewed by Stripe, and ended here, which Stripe is told. */
    private void planIsCollected(StripeAccount account) throws Exception {
        agency.app()
                .post(
                        "/api/v1/plans",
                        "{\"key\": \"card\", \"name\": \"Card\", \"cycle\": \"month\","
                                + " \"price\": {\"amount\": \"120.00\", \"currency\": \"USD\"}}")
                .is(201);
        String subscriber = agency.customer("Moreau", "0");
        Answer taken = agency.keyed(
                        "/api/v1/purchases",
                        "{\"customer\": \"%s\", \"plan\": \"card\", \"gateway\": \"stripe\"}".formatted(subscriber))
                .is(201)
                .shows("/status", "awaiting_payment")
                .shows("/price/amount", "120.00");
        String first = taken.at("/id");
        taken.shows("/planPurchase", first);
        String page = taken.at("/next/url");
        account.payer().pay(page.substring(page.lastIndexOf('/') + 1));
        String subscription = "/api/v1/subscriptions/" + subscriber;
        awaitsPlan(
                () -> agency.app()
                        .get(subscription)
                        .is(200)
                        .json()
                        .at("/collection/purchase")
                        .asText()
                        .equals(first),
                "the plan to begin");
        agency.app().get(subscription).shows("/plan", "card").shows("/status", "active");
        assertEquals(
                "what was paid is what was taken",
                "0.00",
                agency.app().get("/api/v1/wallets/" + subscriber).is(200).at("/balance"));

        String atStripe = account.all("subscription").get(0).path("id").asText();
        account.payer().renew(atStripe);
        awaitsPlan(
                () -> agency.app()
                        .get("/api/v1/wallets/" + subscriber)
                        .is(200)
                        .at("/balance")
                        .equals("120.00"),
                "the next period");
        agency.keyed(subscription + "/cancel", "{\"when\": \"now\"}").is(200);
        awaitsPlan(
                () -> account.all("subscription").get(0).path("status").asText().equals("canceled"),
                "Stripe to be told");
    }

    private void awaitsPlan(Callable<Boolean> condition, String what) throws Exception {
        Callers.await(
                () -> {
                    shop.atOnce("plan-payments");
                    Thread.sleep(200);
                    return condition.call();
                },
                what);
    }

    /** Made at Stripe, and the event is lost for good: the list of events shows it. */
    private void changedUnheard(StripeAccount account, String id) throws Exception {
        account.payer().refund(intent(account, id), 9_000, "succeeded");
        shop.atOnce("payment-changes");
        awaits(id, "partially_refunded", "800.00");
    }

    private static String intent(StripeAccount account, String purchase) {
        return account.all(
                        "payment_intent",
                        intent ->
                                intent.at("/metadata/bursar_purchase").asText().equals(purchase))
                .get(0)
                .path("id")
                .asText();
    }
}

package org.bursar.itests;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.bursar.itests.Http.Answer;

/** An agency with a plan, a package and customers that have credit: what a test of faults needs before it starts. */
final class Agency {
    private final Http admin;
    private final Http app;
    private final String slug;
    private final String workspace;
    private final String pack;

    private Agency(Http admin, Http app, String slug, String workspace, String pack) {
        this.admin = admin;
        this.app = app;
        this.slug = slug;
        this.workspace = workspace;
        this.pack = pack;
    }

    /** Makes one, by the platform's admin. */
    static Agency made(Http admin, String slug) {
        admin.post("/api/v1/tenants", Bodies.tenant(slug, "Agency " + slug, "owner@" + slug + ".example"))
                .is(201);
        Http inTenant = admin.with("Bursar-Tenant", slug);
        String key = inTenant.post("/api/v1/api-keys", "{\"name\": \"app\", \"permissions\": [\"*\"]}")
                .is(201)
                .at("/key");
        Http app = admin.bearer(key);
        String workspace = app.post("/api/v1/workspaces", "{\"name\": \"Portland\"}")
                .is(201)
                .at("/id");
        app.post("/api/v1/meters", """
                {"key": "voice-minutes", "name": "Minutes", "unit": "minute", "costPerUnit": "0.031"}""").is(201);
        app.post("/api/v1/plans", plan("scale", "0")).is(201);
        app.put("/api/v1/gateways/bank-deposit/settings", """
                {"accountHolder": "Agency", "accountNumber": "000123456789", "instructions": "Quote the reference."}""").is(200);
        String pack = app.post("/api/v1/packages", """
                {"name": "Credit pack", "price": {"amount": "450.00", "currency": "USD"}, "credits": "500.00"}""").is(201).at("/id");
        return new Agency(inTenant, app, slug, workspace, pack);
    }

    /** A plan without a price, whose minutes cost eight and a half cents beyond those that are included. */
    static String plan(String key, String included) {
        return """
                {"key": "%s", "name": "Plan %s", "price": {"amount": "0.00", "currency": "USD"}, "cycle": "month",
                 "rates": [{"meter": "voice-minutes", "included": "%s", "model": "per_unit", "unitPrice": "0.085"}],
                 "limits": {"users": 25, "concurrency": 10}}""".formatted(key, key, included);
    }

    /** The same agency at another node. */
    Agency at(URI node) {
        return new Agency(admin.to(node), app.to(node), slug, workspace, pack);
    }

    /** The agency's application, with a key that may everything. */
    Http app() {
        return app;
    }

    /** The platform's admin in this agency. */
    Http admin() {
        return admin;
    }

    String slug() {
        return slug;
    }

    String workspace() {
        return workspace;
    }

    /** A customer with this much credit; its admin signs in with {@link #email}. */
    String customer(String name, String credit) {
        String body = Bodies.customer(Bodies.LINE1, email(name), workspace).replace("Acme Corporation", name);
        String customer = keyed("/api/v1/customers", body).is(201).at("/id");
        if (!credit.equals("0")) {
            credit(customer, credit).is(201);
        }
        return customer;
    }

    String email(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + "@" + slug + ".example";
    }

    Answer credit(String customer, String amount) {
        return keyed("/api/v1/wallets/" + customer + "/adjustments", """
                {"operation": "add", "amount": "%s", "reason": "deposit"}""".formatted(amount));
    }

    /** A POST with a key of its own. */
    Answer keyed(String path, String body) {
        return app.with("Idempotency-Key", UUID.randomUUID().toString()).post(path, body);
    }

    Answer hold(String customer, String amount) {
        return keyed("/api/v1/holds", Bodies.hold(customer, amount));
    }

    Answer settle(String hold, String amount) {
        return keyed("/api/v1/holds/" + hold + "/settle", "{\"amount\": \"" + amount + "\"}");
    }

    Answer wallet(String customer) {
        return app.get("/api/v1/wallets/" + customer);
    }

    Answer access(String customer) {
        return app.get("/api/v1/access/" + customer);
    }

    Answer purchase(String customer) {
        return keyed("/api/v1/purchases", """
                {"customer": "%s", "package": "%s", "gateway": "bank-deposit"}""".formatted(customer, pack));
    }

    /** Buys through any gateway; the same key buys once. */
    Answer purchase(String customer, String gateway, String key) {
        return app.with("Idempotency-Key", key).post("/api/v1/purchases", """
                {"customer": "%s", "package": "%s", "gateway": "%s"}""".formatted(customer, pack, gateway));
    }

    Answer lock(String customer) {
        return keyed("/api/v1/subscriptions/" + customer + "/lock", "{\"reason\": \"unpaid\"}");
    }

    Answer usage(String event, String customer, String quantity) {
        return app.post(
                "/api/v1/usage-events",
                "application/cloudevents-batch+json",
                "[" + Bodies.event(event, "voice-minutes", customer, Instant.now(), quantity) + "]");
    }

    Answer thread(String customer, String externalId) {
        return keyed(
                "/api/v1/threads",
                "{\"customer\": \"" + customer + "\", \"agent\": \"Front desk\", \"externalId\": \"" + externalId
                        + "\"}");
    }

    Answer message(String thread, String text) {
        return keyed("/api/v1/threads/" + thread + "/messages", "{\"role\": \"user\", \"content\": \"" + text + "\"}");
    }
}

package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bursar.itests.Http.Answer;

/**
 * Two tenants alike, each with three customers, of which one is the parent of another, and at least two of everything that has an id,
 * made through the HTTP interface as their people would make it.
 */
final class World {
    /** A key that both tenants and all customers have used for the same requests. */
    static final String USED_KEY = "the-same-key-everywhere";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("bol_[0-9a-z]+");

    final Platform platform;
    final Http admin;
    final Owner left;
    final Owner right;

    private World(Platform platform) throws Exception {
        this.platform = platform;
        admin = platform.admin();
        left = tenant("left");
        right = tenant("right");
    }

    /** What a provider would keep of those who paid: no provider is here that keeps anything. */
    private void saveMethods() {
        try (Connection connection = platform.superuser();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    insert into purchases.saved_method (tenant_id, method_id, customer_id, gateway_id, mode, provider_customer,
                        provider_method, purchase_id, active, created_at, updated_at)
                    select tenant_id, purchase_id, customer_id, gateway_id, mode, 'cus_1', 'pm_' || number, purchase_id, true,
                           created_at, created_at
                      from purchases.purchase
                    on conflict do nothing""");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static World in(Platform platform) throws Exception {
        return new World(platform);
    }

    private static ObjectNode form(String operation, Owner owner) {
        return (ObjectNode) Forms.of(operation, owner);
    }

    private static Answer post(Http caller, String path, JsonNode body) {
        return caller.post("/api/v1" + path, body.toString());
    }

    private static String made(Http caller, String path, JsonNode body) {
        return post(caller, path, body).is(201).at("/id");
    }

    private Owner tenant(String name) throws Exception {
        Owner tenant = Owner.tenant(name);
        ObjectNode form = form("POST /tenants", tenant);
        String email = form.at("/owner/email").asText();
        tenant.keep("tenant", made(admin, "/tenants", form));
        tenant.keep("slug", form.path("slug").asText());
        String wholesale = "/api/v1/wholesale/" + tenant.id("tenant");
        admin.put(wholesale, form("PUT /wholesale/{tenant}", tenant).toString()).is(200);
        tenant.callers.put("owner", named(session(null, email), tenant));
        Http owner = tenant.callers.get("owner");
        ObjectNode key = JSON.createObjectNode().put("name", tenant.canary("api-key"));
        key.putArray("permissions").add("*");
        Answer keyed = post(owner, "/api-keys", key).is(201);
        tenant.keep("api-key", keyed.at("/id"));
        tenant.callers.put("key", platform.anybody().bearer(keyed.at("/key")));
        key.put("name", tenant.canary("second-key")).putArray("permissions").add("customers:read");
        tenant.keep("api-key", made(owner, "/api-keys", key));
        catalogue(tenant, owner);
        staff(tenant, owner);
        customer(tenant, "head customer");
        seal(tenant);
        customer(tenant, "sub-account");
        customer(tenant, "neighbour");
        seal(tenant);
        audit(tenant);
        return tenant;
    }

    /** Now and not in a moment: each entry has its proof, and there is more than one seal. */
    private void seal(Owner tenant) throws Exception {
        platform.command("ledger:seal", tenant.id("slug"));
    }

    private void catalogue(Owner tenant, Http owner) {
        String base = "/tenants/" + tenant.id("tenant");
        for (String kind : List.of("meter-key", "second-meter-key", "third-meter-key")) {
            ObjectNode meter = form("POST /meters", tenant);
            tenant.keep("meter", made(owner, "/meters", meter));
            tenant.keep(kind, meter.path("key").asText());
        }
        for (int thrice = 0; thrice < 3; thrice++) {
            tenant.keep("workspace", made(owner, "/workspaces", form("POST /workspaces", tenant)));
            tenant.keep("package", made(owner, "/packages", form("POST /packages", tenant)));
            tenant.keep("permission-set", made(owner, "/permission-sets", form("POST /permission-sets", tenant)));
            tenant.keep("add-on", made(owner, "/add-ons", form("POST /add-ons", tenant)));
            ObjectNode plan = form("POST /plans", tenant);
            String id = tenant.keep("plan", made(owner, "/plans", plan));
            tenant.keep("plan-key", plan.path("key").asText());
            post(owner, "/plans/" + id + "/versions", form("POST /plans/{id}/versions", tenant))
                    .is(201);
            ObjectNode domain = form("POST /tenants/{id}/domains", tenant);
            post(owner, base + "/domains", domain).is(201);
            tenant.keep("domain", domain.path("host").asText());
        }
        owner.put(
                        "/api/v1" + base + "/brand",
                        form("PUT /tenants/{id}/brand", tenant).toString())
                .is(200);
        owner.put(
                        "/api/v1" + base + "/logo",
                        form("PUT /tenants/{id}/logo", tenant).toString())
                .is(200);
        owner.put(
                        "/api/v1/gateways/bank-deposit/settings",
                        form("PUT /gateways/{gateway}/settings", tenant).toString())
                .is(200);
        for (int twice = 0; twice < 2; twice++) {
            String endpoint = tenant.keep(
                    "webhook-endpoint", made(owner, "/webhook-endpoints", form("POST /webhook-endpoints", tenant)));
            String test = "/webhook-endpoints/" + endpoint + "/test";
            tenant.keep("webhook-delivery", made(owner, test, JSON.createObjectNode()));
        }
    }

    /** Staff choose their password by the link of their mail. */
    private void staff(Owner tenant, Http owner) throws Exception {
        ObjectNode form = JSON.createObjectNode()
                .put("firstName", tenant.canary("staff-name"))
                .put("lastName", tenant.canary("staff-name"))
                .put("email", "staff@" + tenant.canary("staff-mail") + ".example")
                .put("role", "staff");
        form.putArray("permissions").add("customers:read").add("threads:read").add("users:read");
        tenant.keep("user", made(owner, "/users", form));
        JsonNode list = JSON.readTree(
                platform.command("mail:list", "platform", "--json").text());
        String mail = list.at("/items/0/id").asText();
        Matcher token =
                TOKEN.matcher(platform.command("mail:show", "platform", mail).text());
        assertTrue("a link in the welcome mail", token.find());
        post(
                        platform.anybody(),
                        "/one-time-links/" + token.group() + "/password",
                        form("POST /one-time-links/{token}/password", tenant))
                .is(204);
        Http staff = named(session(null, form.path("email").asText()), tenant);
        tenant.callers.put("staff", staff);
        staff.get("/api/v1/customers").is(200);
        staff.get("/api/v1/packages").refuses(403, "forbidden");
        form.put("email", "more" + form.path("email").asText());
        tenant.keep("user", made(owner, "/users", form));
    }

    private Http named(Http caller, Owner tenant) {
        return caller.with("Bursar-Tenant", tenant.id("slug"));
    }

    /** A new session; in the tenant, or of somebody who works for any. */
    private Http session(Owner tenant, String email) {
        Http anybody = tenant == null ? platform.anybody() : named(platform.anybody(), tenant);
        Answer first = signIn(anybody, email, Forms.OTHER_PASSWORD);
        if (first.status() == 201) {
            return platform.anybody().bearer(first.at("/token"));
        }
        Http fresh = platform.anybody()
                .bearer(signIn(anybody, email, Forms.PASSWORD).is(201).at("/token"));
        fresh.post(
                        "/api/v1/me/password",
                        "{\"current\": \"%s\", \"new\": \"%s\"}".formatted(Forms.PASSWORD, Forms.OTHER_PASSWORD))
                .is(204);
        return session(tenant, email);
    }

    private static Answer signIn(Http anybody, String email, String password) {
        return anybody.post("/api/v1/sessions", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
    }

    private void customer(Owner tenant, String name) {
        Http owner = tenant.callers.get("owner");
        Owner customer = tenant.customer(name);
        boolean sub = tenant.customers.size() == 2;
        customer.keep("workspace", tenant.ids("workspace").get(tenant.customers.size() - 1));
        customer.keep("head-customer", sub ? tenant.customers.get(0).id("customer") : Owner.NOBODY);
        ObjectNode form = form("POST /customers", customer);
        if (!sub) {
            form.remove("parent");
        }
        customer.keep("customer", made(owner, "/customers", form));
        customer.keep("admin-email", form.at("/admin/email").asText());
        customer.callers.put("admin", session(tenant, customer.id("admin-email")));
        Http further = session(tenant, customer.id("admin-email"));
        further.get("/api/v1/sessions").is(200).json().path("items").forEach(open -> {
            if (open.path("current").asBoolean()) {
                customer.keep("session", open.path("id").asText());
            }
        });
        people(customer, owner);
        places(customer, owner);
        money(customer, owner);
        talk(customer);
    }

    private void people(Owner customer, Http owner) {
        for (int twice = 0; twice < 2; twice++) {
            ObjectNode form = form("POST /users", customer);
            String id = made(owner, "/users", form);
            customer.keep("member", id);
            customer.keep("user", id);
            if (twice == 0) {
                customer.callers.put(
                        "member", session(customer.tenant, form.path("email").asText()));
            }
            ObjectNode key = form("POST /api-keys", customer);
            key.putArray("permissions").add("*");
            Answer made = post(owner, "/api-keys", key).is(201);
            customer.keep("api-key", made.at("/id"));
            if (twice == 0) {
                customer.callers.put("key", platform.anybody().bearer(made.at("/key")));
            }
        }
    }

    /** An add-on beside the plan, places under the limit that it raises (two are taken, one was given back), and a request. */
    private void places(Owner customer, Http owner) {
        owner.put(
                        "/api/v1/subscriptions/" + customer.id("customer") + "/add-ons/" + customer.id("add-on"),
                        form("PUT /subscriptions/{customer}/add-ons/{addOn}", customer)
                                .toString())
                .is(200);
        for (String end : List.of("", "", "/release")) {
            String lease = customer.keep(
                    "lease", made(customer.callers.get("key"), "/leases", form("POST /leases", customer)));
            if (!end.isEmpty()) {
                post(owner, "/leases/" + lease + end, JSON.createObjectNode()).is(200);
            }
        }
        post(
                        customer.callers.get("key"),
                        "/rate-limits/" + customer.id("customer") + "/take",
                        form("POST /rate-limits/{customer}/take", customer))
                .is(200);
    }

    private void money(Owner customer, Http owner) {
        String id = customer.id("customer");
        Http keyed = owner.with("Idempotency-Key", USED_KEY);
        String adjustments = "/wallets/" + id + "/adjustments";
        for (int twice = 0; twice < 2; twice++) {
            post(owner, adjustments, form("POST /wallets/{customer}/adjustments", customer))
                    .is(201);
        }
        post(keyed, adjustments, form("POST /wallets/{customer}/adjustments", customer))
                .is(201);
        customer.keep("seq", "1");
        for (String user : customer.ids("member")) {
            ObjectNode cap = form("PUT /wallets/{customer}/caps/{user}", customer);
            owner.put("/api/v1/wallets/" + id + "/caps/" + user, cap.toString()).is(200);
        }
        for (String end : List.of("", "/settle", "/release")) {
            ObjectNode form = form("POST /holds", customer);
            String hold =
                    customer.keep("hold", made(end.isEmpty() ? customer.callers.get("key") : owner, "/holds", form));
            if (!end.isEmpty()) {
                post(
                                owner,
                                "/holds/" + hold + end,
                                end.equals("/settle")
                                        ? form("POST /holds/{id}/settle", customer)
                                        : JSON.createObjectNode())
                        .is(200);
            }
        }
        // the first, which is asked for everywhere, has refunds
        for (String end : List.of("approve", "", "decline", "cancel")) {
            String purchase = customer.keep(
                    "purchase", made(customer.callers.get("admin"), "/purchases", form("POST /purchases", customer)));
            customer.callers
                    .get("admin")
                    .post(
                            "/api/v1/purchases/" + purchase + "/claim",
                            Multipart.MEDIA_TYPE,
                            form("POST /purchases/{purchase}/claim", customer).toString())
                    .is(200);
            if (!end.isEmpty()) {
                post(owner, "/purchases/" + purchase + "/" + end, form("POST /purchases/{purchase}/" + end, customer))
                        .is(200);
            }
            if (end.equals("approve")) {
                String refund = "/purchases/" + purchase + "/refund";
                for (int twice = 0; twice < 2; twice++) {
                    customer.keep("refund", made(owner, refund, form("POST /purchases/{purchase}/refund", customer)));
                }
            }
        }
        saveMethods();
        for (JsonNode method :
                owner.get("/api/v1/saved-methods?customer=" + id).is(200).json().path("items")) {
            customer.keep("saved-method", method.path("id").asText());
        }
        owner.put(
                        "/api/v1/top-ups/" + id,
                        form("PUT /top-ups/{customer}", customer).toString())
                .is(200);
        for (int often = 0; often < 3; often++) {
            ObjectNode event = form("POST /usage-events", customer);
            event.put("time", Instant.now().minus(often, ChronoUnit.DAYS).toString());
            owner.post("/api/v1/usage-events", "application/cloudevents+json", event.toString())
                    .is(200)
                    .shows("/status", "accepted");
        }
        owner.get("/api/v1/usage/" + customer.id("customer") + "/events")
                .is(200)
                .json()
                .path("items")
                .forEach(event ->
                        customer.keep("usage-event", event.path("event").asText()));
        String repricings = "/usage/" + id + "/repricings";
        for (int twice = 0; twice < 2; twice++) {
            customer.keep("repricing", made(owner, repricings, form("POST /usage/{customer}/repricings", customer)));
        }
    }

    private void talk(Owner customer) {
        Http key = customer.tenant.callers.get("key");
        for (int twice = 0; twice < 2; twice++) {
            String thread = customer.keep("thread", made(key, "/threads", form("POST /threads", customer)));
            for (int often = 0; often < 2; often++) {
                String message = made(
                        key, "/threads/" + thread + "/messages", form("POST /threads/{thread}/messages", customer));
                if (twice == 0) {
                    customer.keep("message", message);
                }
            }
        }
    }

    /** What was recorded so far, each entry with the customer that it concerns, or the tenant. */
    private static void audit(Owner tenant) {
        JsonNode entries = tenant.callers
                .get("owner")
                .get("/api/v1/audit-entries?limit=200")
                .is(200)
                .json()
                .path("items");
        for (JsonNode entry : entries) {
            Owner whose = tenant.customers.stream()
                    .filter(customer -> customer.id("customer")
                            .equals(entry.path("customer").asText()))
                    .findFirst()
                    .orElse(tenant);
            whose.keep("audit-entry", entry.path("id").asText());
        }
        assertEquals(
                "both customers have audit entries",
                0,
                tenant.customers.stream()
                        .filter(customer -> customer.ids("audit-entry").size() < 2)
                        .count());
    }
}

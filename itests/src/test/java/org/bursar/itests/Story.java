package org.bursar.itests;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The main job as a list of writes, each of which builds on those before it. */
final class Story {
    private static final String CUSTOMER = "/customers/%customer%";
    private static final String SUBSCRIPTION = "/subscriptions/%customer%";
    private static final String PLAN = """
            {"key": "%s", "name": "%s", "price": {"amount": "799.00", "currency": "USD"}, "cycle": "month",
             "rates": [{"meter": "voice-minutes", "included": "500", "model": "per_unit", "unitPrice": "0.085"}],
             "limits": {"users": 25, "concurrency": 10}}""";
    private static final String VERSION = """
            {"price": {"amount": "899.00", "currency": "USD"}, "cycle": "month",
             "rates": [{"meter": "voice-minutes", "included": "600", "model": "per_unit", "unitPrice": "0.08"}],
             "limits": {"users": 25, "concurrency": 10}}""";

    private Story() {}

    /** How the tenant and its key come about; later writes are sent with the key. */
    static List<Write> opening() {
        return List.of(
                Write.post(
                                "tenant",
                                "/tenants",
                                Bodies.tenant("%slug%", "Harborlight AI", "mara@%slug%.example"),
                                "tenancy.tenant")
                        .asAdmin()
                        .keeping("tenant", "/id"),
                Write.post(
                                "api-key",
                                "/api-keys",
                                "{\"name\": \"voice app\", \"permissions\": [\"*\"]}",
                                "identity.api_key")
                        .asAdmin()
                        .keeping("key", "/key")
                        .keeping("key-id", "/id"));
    }

    static List<Write> catalogue() {
        return List.of(
                Write.post("workspace", "/workspaces", "{\"name\": \"Portland\"}", "tenancy.workspace")
                        .keeping("workspace", "/id"),
                Write.post("second workspace", "/workspaces", "{\"name\": \"Salem\"}", "tenancy.workspace")
                        .keeping("salem", "/id"),
                Write.post("meter", "/meters", """
                        {"key": "voice-minutes", "name": "Conversation minutes", "unit": "minute", "costPerUnit": "0.031"}""", "plans.meter"),
                Write.post("plan", "/plans", PLAN.formatted("scale", "Scale"), "plans.plan"),
                Write.change(
                        "plan renamed",
                        "PATCH",
                        "/plans/scale",
                        "{\"name\": \"Scale up\"}",
                        "plans.plan",
                        "/plans/scale",
                        "/name",
                        "Scale up"),
                Write.post("plan's version", "/plans/scale/versions", VERSION, "plans.plan_version"),
                Write.post("other plan", "/plans", PLAN.formatted("start", "Start"), "plans.plan"),
                Write.post("package", "/packages", """
                        {"name": "Credit pack $500", "price": {"amount": "450.00", "currency": "USD"}, "credits": "500.00"}""", "purchases.package").keeping("package", "/id"),
                Write.change(
                        "gateway's settings",
                        "PUT",
                        "/gateways/bank-deposit/settings",
                        """
                        {"accountHolder": "Harborlight AI LLC", "accountNumber": "000123456789",
                         "instructions": "Please quote the reference."}""",
                        "purchases.gateway_settings",
                        "/gateways/bank-deposit/settings",
                        "/accountHolder",
                        "Harborlight AI LLC"),
                Write.change(
                        "brand",
                        "PUT",
                        "/tenants/%tenant%/brand",
                        "{\"name\": \"Harborlight\", \"colour\": \"#204060\"}",
                        "tenancy.brand",
                        "/tenants/%tenant%/brand",
                        "/colour",
                        "#204060"),
                Write.post(
                        "domain", "/tenants/%tenant%/domains", "{\"host\": \"desk.%slug%.example\"}", "tenancy.domain"),
                Write.delete("domain removed", "/tenants/%tenant%/domains/desk.%slug%.example", "tenancy.domain"));
    }

    static List<Write> customer() {
        return List.of(
                Write.post(
                                "customer",
                                "/customers",
                                Bodies.customer(Bodies.LINE1, "admin@%slug%.example", "%workspace%"),
                                "customers.customer",
                                "mail.message")
                        .keeping("customer", "/id"),
                Write.change(
                        "customer's telephone",
                        "PATCH",
                        CUSTOMER,
                        "{\"phone\": \"+12025550190\"}",
                        "customers.customer",
                        CUSTOMER,
                        "/phone",
                        "+12025550190"),
                Write.change(
                        "customer's workspaces",
                        "PUT",
                        CUSTOMER + "/workspaces",
                        "{\"workspaces\": [\"%salem%\"]}",
                        "customers.customer_workspace",
                        CUSTOMER,
                        "/workspaces/0",
                        "%salem%"),
                Write.delete("workspace removed", "/workspaces/%workspace%", "tenancy.workspace"),
                Write.post("suspension", CUSTOMER + "/suspend", "{\"reason\": \"invoice 12\"}", "customers.customer"),
                Write.post("resumption", CUSTOMER + "/resume", "{}", "customers.customer"),
                Write.post("lock", SUBSCRIPTION + "/lock", "{\"reason\": \"invoice 12 unpaid\"}", "plans.subscription"),
                Write.post("unlock", SUBSCRIPTION + "/unlock", "{}", "plans.subscription"),
                Write.post(
                                "permission set",
                                "/permission-sets",
                                "{\"name\": \"readers\", \"permissions\": [\"customers:read\"]}",
                                "identity.permission_set")
                        .keeping("set", "/id"),
                Write.post("user", "/users", """
                        {"firstName": "Ida", "lastName": "Holm", "email": "ida@%slug%.example", "role": "member",
                         "customer": "%customer%", "access": "full"}""", "identity.app_user", "mail.message")
                        .keeping("user", "/id"),
                Write.change(
                        "user's name",
                        "PATCH",
                        "/users/%user%",
                        "{\"lastName\": \"Holmgren\"}",
                        "identity.app_user",
                        "/users/%user%",
                        "/lastName",
                        "Holmgren"),
                Write.post("user disabled", "/users/%user%/disable", "{}", "identity.app_user"),
                Write.post("user enabled", "/users/%user%/enable", "{}", "identity.app_user"),
                Write.delete("user removed", "/users/%user%", "identity.app_user"));
    }

    static List<Write> money() {
        return List.of(
                purchase("purchase"),
                Write.post("approval", "/purchases/%purchase%/approve", Bodies.approval("450.00"), "credits.entry"),
                hold("hold"),
                Write.post("extension", "/holds/%hold%/extend", "{\"ttlSeconds\": 7200}", "credits.hold"),
                Write.post("settlement", "/holds/%hold%/settle", "{\"amount\": \"3.20\"}", "credits.entry"),
                hold("hold of a long call"),
                settlement("first part", "1.10", false),
                settlement("second part", "2.05", false),
                settlement("last part", "0.00", true),
                hold("other hold"),
                Write.post("release", "/holds/%other hold%/release", "{}", "credits.hold"),
                Write.post(
                                "usage",
                                "/usage-events",
                                "[" + event("e1", "400") + "," + event("e2", "300") + "]",
                                "credits.entry",
                                "metering.usage_customer_day")
                        .typed("application/cloudevents-batch+json"),
                promotion("promotion", "25.00", 10),
                adjustment("addition", "add", "10.00"),
                adjustment("deduction", "deduct", "4.30"),
                purchase("declined purchase"),
                Write.post(
                        "decline",
                        "/purchases/%declined purchase%/decline",
                        "{\"reason\": \"nothing came\"}",
                        "purchases.purchase_fact"),
                purchase("cancelled purchase"),
                Write.post("cancellation", "/purchases/%cancelled purchase%/cancel", "{}", "purchases.purchase_fact"));
    }

    static List<Write> talk() {
        return List.of(
                Write.post("thread", "/threads", """
                        {"customer": "%customer%", "agent": "Front desk, Portland", "externalId": "call-1"}""", "chat_history.thread").keeping("thread", "/id"),
                Write.post("message", "/threads/%thread%/messages", """
                        {"role": "user", "content": "Hello", "externalId": "m1"}""", "chat_history.message"),
                Write.post("answer", "/threads/%thread%/messages", """
                        {"role": "assistant", "content": "Good morning"}""", "chat_history.message"),
                Write.change(
                        "thread closed",
                        "PATCH",
                        "/threads/%thread%",
                        "{\"status\": \"closed\"}",
                        "chat_history.thread",
                        "/threads/%thread%",
                        "/status",
                        "closed"),
                // at the end of the cycle: what a change at once costs depends on the time
                Write.change(
                        "other plan chosen",
                        "PUT",
                        SUBSCRIPTION,
                        "{\"plan\": \"start\", \"when\": \"cycle_end\"}",
                        "plans.subscription",
                        SUBSCRIPTION,
                        "/pendingPlan",
                        "start"),
                Write.post(
                        "cycle reset",
                        SUBSCRIPTION + "/usage-cycle/reset",
                        "{\"reason\": \"trial\"}",
                        "plans.usage_reset"));
    }

    /** Places under a limit, as a program takes them for its calls. */
    static List<Write> calls() {
        return List.of(
                lease("lease", 3_600),
                Write.post("renewal of the lease", "/leases/%lease%/renew", "{\"ttlSeconds\": 7200}", "plans.lease"),
                Write.post("end of the lease", "/leases/%lease%/release", "{}", "plans.lease"),
                lease("lease that stays", 3_600));
    }

    static Write lease(String name, int seconds) {
        return Write.post(
                        name,
                        "/leases",
                        "{\"customer\": \"%%customer%%\", \"limit\": \"concurrency\", \"ttlSeconds\": %d}"
                                .formatted(seconds),
                        "plans.lease")
                .keeping(name.startsWith("lease ") ? "other lease" : "lease", "/id");
    }

    private static Write settlement(String name, String amount, boolean last) {
        return Write.post(
                name,
                "/holds/%hold of a long call%/settle",
                "{\"amount\": \"%s\", \"final\": %b}".formatted(amount, last),
                last ? "credits.hold" : "credits.entry");
    }

    /** A lot that expires long after the test, and is spent before what was bought if its priority is small. */
    static Write promotion(String name, String amount, int priority) {
        Instant expires = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(30, ChronoUnit.DAYS);
        return Write.post(
                name, "/wallets/%customer%/adjustments", """
                {"operation": "add", "amount": "%s", "reason": "%s", "expiresAt": "%s", "priority": %d}""".formatted(amount, name, expires, priority), "credits.lot");
    }

    private static Write purchase(String name) {
        return Write.post(name, "/purchases", """
                {"customer": "%customer%", "package": "%package%", "gateway": "bank-deposit"}""", "purchases.purchase", "purchases.purchase_fact")
                .keeping(name, "/id");
    }

    private static Write hold(String name) {
        return Write.post(
                        name,
                        "/holds",
                        "{\"customer\": \"%customer%\", \"amount\": \"5.00\", \"ttlSeconds\": 3600}",
                        "credits.hold")
                .keeping(name, "/id");
    }

    static Write adjustment(String name, String operation, String amount) {
        return Write.post(
                name,
                "/wallets/%customer%/adjustments",
                "{\"operation\": \"%s\", \"amount\": \"%s\", \"reason\": \"%s\"}".formatted(operation, amount, name),
                "credits.entry");
    }

    private static String event(String id, String quantity) {
        Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return Bodies.event(id, "voice-minutes", "%customer%", time, quantity);
    }
}

package org.bursar.itests;

import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bursar.itests.Http.Answer;

/** One caller for each capability, with what it needs, and who depends on which bundle by design. */
final class Callers {
    /** Everything that may be replaced while the platform runs; those below come last. */
    static final List<String> BUNDLES = List.of(
            "payments-bank-deposit",
            "jobs",
            "reporting",
            "chat-history",
            "metering",
            "purchases",
            "plans",
            "credits",
            "customers",
            "tenancy",
            "identity",
            "mail",
            "metrics",
            "rest");

    private static final Set<String> UPPER = Set.of(
            "access", "wallets", "holds", "keyed", "customers", "usage", "purchases", "threads", "reports", "plans");
    private static final Map<String, Set<String>> DEPENDENTS = Map.ofEntries(
            Map.entry("payments-bank-deposit", Set.of()),
            Map.entry("jobs", Set.of()),
            Map.entry("reporting", Set.of("reports")),
            Map.entry("chat-history", Set.of("threads")),
            Map.entry("metering", Set.of("usage")),
            Map.entry("purchases", Set.of("purchases")),
            Map.entry("plans", Set.of("plans", "usage", "access", "holds")),
            Map.entry("credits", Set.of("plans", "usage", "access", "holds", "wallets", "keyed", "purchases")),
            Map.entry("customers", UPPER),
            Map.entry("tenancy", with(UPPER, "workspaces")),
            Map.entry("identity", with(UPPER, "workspaces", "users")),
            Map.entry("mail", with(UPPER, "workspaces", "users")),
            Map.entry("metrics", Set.of()),
            Map.entry("rest", with(UPPER, "workspaces", "users", "openapi", "live")));

    private static final Predicate<Answer> OK = answer -> answer.status() == 200;

    private final Agency agency;
    private final Http anybody;
    private final String customer;
    private final String locked;
    private final String suspended;

    private Callers(Agency agency, Http anybody) {
        this.agency = agency;
        this.anybody = anybody;
        customer = agency.customer("Acme", "100000.00");
        locked = agency.customer("Locked", "100.00");
        agency.lock(locked).is(200);
        suspended = agency.customer("Suspended", "100.00");
        agency.keyed("/api/v1/customers/" + suspended + "/suspend", "{\"reason\": \"abuse\"}")
                .is(200);
    }

    /** An agency of its own for these callers. */
    static Callers prepared(Http anybody) {
        String token = anybody.post(
                        "/api/v1/sessions",
                        "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(Platform.ADMIN, Platform.ADMIN_PASSWORD))
                .is(201)
                .at("/token");
        Callers callers = new Callers(Agency.made(anybody.bearer(token), "harborlight"), anybody);
        callers.agency.purchase(callers.customer).is(201);
        callers.agency.thread(callers.customer, "first").is(201);
        return callers;
    }

    private static Set<String> with(Set<String> set, String... more) {
        Set<String> all = new TreeSet<>(set);
        all.addAll(List.of(more));
        return all;
    }

    /** The callers who may be refused while a bundle is away. */
    static Set<String> dependents(String bundle) {
        return DEPENDENTS.get(bundle);
    }

    Agency agency() {
        return agency;
    }

    String customer() {
        return customer;
    }

    /** What each caller asks when it only looks. */
    private Map<String, Supplier<Answer>> looks() {
        Http app = agency.app();
        Map<String, Supplier<Answer>> looks = new LinkedHashMap<>();
        looks.put("live", () -> anybody.get("/health/live"));
        looks.put("openapi", () -> anybody.get("/api/v1/openapi.json"));
        looks.put("users", () -> app.get("/api/v1/users?customer=" + customer));
        looks.put("workspaces", () -> app.get("/api/v1/workspaces"));
        looks.put("customers", () -> app.get("/api/v1/customers?q=acm"));
        looks.put("wallets", () -> agency.wallet(customer));
        looks.put("plans", () -> app.get("/api/v1/plans"));
        looks.put("usage", () -> app.get("/api/v1/usage/" + customer));
        looks.put("purchases", () -> app.get("/api/v1/purchases"));
        looks.put("threads", () -> app.get("/api/v1/threads?customer=" + customer));
        looks.put("reports", () -> app.get("/api/v1/reports/profitability"));
        return looks;
    }

    /** Callers that ask all the time, until the loop is closed. */
    RequestLoop loop() {
        RequestLoop loop = new RequestLoop();
        looks().forEach((capability, look) -> loop.caller(capability, asker -> asker.ask(look, OK)));
        loop.caller(
                "access",
                asker -> asker.ask(
                        () -> agency.access(customer),
                        answer -> answer.status() == 200 && answer.text().equals("{\"allowed\":true}")));
        for (String refused : List.of(locked, suspended)) {
            loop.caller(
                    "access",
                    asker -> asker.ask(
                            () -> agency.access(refused),
                            answer -> answer.status() == 200 && answer.text().contains("\"allowed\":false")));
        }
        loop.caller("holds", asker -> {
            Answer held = asker.ask(() -> agency.hold(customer, "0.10"), answer -> answer.status() == 201);
            if (held != null) {
                asker.ask(
                        () -> agency.settle(held.at("/id"), "0.01"),
                        answer -> answer.status() == 200 && answer.at("/status").equals("settled"));
            }
        });
        loop.caller(
                "usage",
                asker -> asker.ask(
                        () -> agency.usage(UUID.randomUUID().toString(), customer, "0.1"),
                        answer -> answer.status() == 200
                                && answer.at("/results/0/status").equals("accepted")));
        Http same = agency.app().with("Idempotency-Key", "same");
        loop.caller(
                "keyed",
                asker -> asker.ask(
                        () -> same.post(
                                "/api/v1/wallets/" + customer + "/adjustments",
                                "{\"operation\": \"add\", \"amount\": \"1.00\", \"reason\": \"once\"}"),
                        answer -> answer.status() == 201));
        return loop.start();
    }

    /** Waits until every capability answers again as ever, and the platform says so. */
    void awaitAll() throws Exception {
        awaitServed();
        await(() -> anybody.get("/health/ready").status() == 200, "ready");
    }

    /** Waits until every capability answers again as ever. */
    void awaitServed() throws Exception {
        for (Map.Entry<String, Supplier<Answer>> look : looks().entrySet()) {
            await(() -> look.getValue().get().status() == 200, look.getKey());
        }
        await(() -> agency.access(customer).text().equals("{\"allowed\":true}"), "access");
        await(() -> agency.hold(customer, "0.01").status() == 201, "holds");
    }

    static void await(Callable<Boolean> condition, String what) throws Exception {
        long deadline = System.nanoTime() + Platform.PATIENCE_SECONDS * 1_000_000_000L / 3;
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("in vain waited for: " + what);
            }
            Thread.sleep(20);
        }
    }

    /** A connection that is closed while the platform starts is no answer. */
    private static boolean holds(Callable<Boolean> condition) throws Exception {
        try {
            return condition.call();
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}

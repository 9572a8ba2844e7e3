package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bursar.itests.Http.Answer;
import org.junit.Before;
import org.junit.FixMethodOrder;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TestWatcher;
import org.junit.runner.Description;
import org.junit.runners.MethodSorters;

/**
 * The main job as a conversation: one agency, one customer, from nothing to a profitability report. Each test is a step and
 * builds on those before it; after one that failed the others are skipped.
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public abstract class Journey {
    static final String ADMIN = "admin@platform.example";
    static final String ADMIN_PASSWORD = "Correct-Horse-7-Battery";

    /** What the steps before have found; a step runs in an object of its own. */
    private static final Map<String, String> KNOWN = new TreeMap<>();

    private static final List<String> FAILED = new ArrayList<>();
    private static Http admin;
    private static Http app;
    private static Http other;

    @Rule
    public final TestWatcher watcher = new TestWatcher() {
        @Override
        protected void failed(Throwable e, Description description) {
            FAILED.add(description.getMethodName());
        }
    };

    @Before
    public void nothingFailedBefore() {
        assumeTrue("failed before: " + FAILED, FAILED.isEmpty());
    }

    /** Where the platform is. */
    protected abstract URI base();

    /** Runs a shell command and gives what it printed; throws what it throws. */
    protected abstract String shell(String command) throws Exception;

    /** Runs statements on one connection of the owner's, who is held by the policies like everybody; gives the last one's rows. */
    protected abstract List<String> asOwner(String... statements) throws Exception;

    /** The same as the role that the application has. */
    protected abstract List<String> asApplication(String... statements) throws Exception;

    private void awaitReady() throws InterruptedException {
        String last = "";
        for (int tenths = 0; tenths < 1_200; tenths++) {
            try {
                Answer ready = anybody().get("/health/ready");
                if (ready.status() == 200) {
                    return;
                }
                last = ready.status() + " " + ready.text();
            } catch (UncheckedIOException e) {
                last = String.valueOf(e.getCause());
            }
            Thread.sleep(100);
        }
        throw new AssertionError("not ready after two minutes: " + last);
    }

    private Http anybody() {
        return Http.at(base());
    }

    private static String id(String name) {
        String id = KNOWN.get(name);
        assertNotNull("no " + name + " yet", id);
        return id;
    }

    private static String keep(String name, String prefix, Answer answer) {
        String id = answer.at("/id");
        assertTrue(id + " begins with " + prefix, id.matches(prefix + "_[0-9a-z]{26}"));
        KNOWN.put(name, id);
        return id;
    }

    private static void wallet(String balance, String held, String available) {
        app.get("/api/v1/wallets/" + id("customer"))
                .is(200)
                .shows("/unit", "USD")
                .shows("/balance", balance)
                .shows("/held", held)
                .shows("/available", available);
    }

    @Test
    public void step01SignsInAsThePlatformAdmin() throws InterruptedException {
        awaitReady();
        anybody()
                .post("/api/v1/sessions", "{\"email\": \"" + ADMIN + "\", \"password\": \"Wrong-Horse-7-Battery\"}")
                .refuses(401, "bad_credentials");
        anybody()
                .post("/api/v1/sessions", "{\"email\": \"nobody@platform.example\", \"password\": \"x\"}")
                .refuses(401, "bad_credentials");
        Answer session = anybody()
                .post("/api/v1/sessions", "{\"email\": \"" + ADMIN + "\", \"password\": \"" + ADMIN_PASSWORD + "\"}")
                .is(201);
        assertTrue(Instant.parse(session.at("/expiresAt")).isAfter(Instant.now()));
        assertTrue(session.text(), session.json().path("user").isObject());
        admin = anybody().bearer(session.at("/token"));
    }

    @Test
    public void step02MakesAnAgency() {
        Answer made = admin.twice(
                        "/api/v1/tenants", Bodies.tenant("harborlight", "Harborlight AI", "mara@harborlight.example"))
                .is(201)
                .shows("/slug", "harborlight")
                .shows("/name", "Harborlight AI")
                .shows("/unit", "USD");
        keep("tenant", "ten", made);
        admin.twice("/api/v1/tenants", Bodies.tenant("northwind", "Northwind <b>&</b>", "nils@northwind.example"))
                .is(201);
        admin.get("/api/v1/tenants/" + id("tenant")).is(200).shows("/kind", "agency");
        anybody().get("/api/v1/tenants").refuses(401, "unauthenticated");
        admin.get("/api/v1/customers").refuses(400, "tenant_required");
    }

    @Test
    public void step03MakesAnApiKeyThatIsShownOnce() {
        app = key("harborlight");
        other = key("northwind");
    }

    private Http key(String slug) {
        Answer made = admin.with("Bursar-Tenant", slug)
                .twice("/api/v1/api-keys", "{\"name\": \"voice app\", \"permissions\": [\"*\"]}")
                .is(201);
        String key = made.at("/key");
        assertTrue("a key begins with bsk_", key.startsWith("bsk_"));
        Answer again = admin.with("Bursar-Tenant", slug)
                .get("/api/v1/api-keys/" + made.at("/id"))
                .is(200);
        assertFalse("shown once", again.text().contains(key));
        return anybody().bearer(key);
    }

    @Test
    public void step04MakesAWorkspace() {
        keep(
                "workspace",
                "wsp",
                app.twice("/api/v1/workspaces", "{\"name\": \"Portland\"}").is(201));
        app.get("/api/v1/workspaces/" + id("workspace")).is(200).shows("/name", "Portland");
    }

    @Test
    public void step05MakesMeters() {
        app.twice("/api/v1/meters", """
                {"key": "voice-minutes", "name": "Conversation minutes", "unit": "minute", "costPerUnit": "0.031"}""").is(201).shows("/costPerUnit", "0.031");
        app.twice("/api/v1/meters", """
                {"key": "tokens", "name": "Tokens", "unit": "token", "costPerUnit": "0.000002"}""").is(201).shows("/costPerUnit", "0.000002");
        app.post("/api/v1/meters", """
                {"key": "other", "name": "Other", "unit": "one", "costPerUnit": 0.5}""").is(422);
    }

    @Test
    public void step06MakesAPlan() {
        Answer made =
                app.twice("/api/v1/plans", """
                {"key": "scale", "name": "Scale", "price": {"amount": "799.00", "currency": "USD"}, "cycle": "month",
                 "rates": [
                   {"meter": "voice-minutes", "included": "500", "model": "per_unit", "unitPrice": "0.085"},
                   {"meter": "tokens", "included": "0", "model": "graduated",
                    "tiers": [{"upTo": "1000000", "unitPrice": "0.000006"}, {"unitPrice": "0.000004"}]}],
                 "limits": {"users": 25, "concurrency": 10}}""").is(201).shows("/key", "scale").shows("/price/amount", "799.00");
        keep("plan", "pln", made);
    }

    @Test
    public void step07MakesAPackage() {
        Answer made = app.twice("/api/v1/packages", """
                {"name": "Credit pack $500", "price": {"amount": "450.00", "currency": "USD"}, "credits": "500.00"}""").is(201).shows("/credits", "500.00");
        keep("package", "pkg", made);
    }

    @Test
    public void step08MakesACustomer() {
        Answer incomplete = app.twice(
                        "/api/v1/customers", Bodies.customer("", "admin@acmecorp.example", id("workspace")))
                .refuses(422, "invalid");
        List<String> pointers = new ArrayList<>();
        incomplete
                .json()
                .path("errors")
                .forEach(error -> pointers.add(error.path("pointer").asText()));
        assertEquals(List.of("/address/line1"), pointers);
        aTypeLeadsToAnExplanation(incomplete);
        Answer made = app.twice(
                        "/api/v1/customers", Bodies.customer(Bodies.LINE1, "admin@acmecorp.example", id("workspace")))
                .is(201)
                .shows("/status", "active");
        keep("customer", "cus", made);
        app.twice("/api/v1/customers", Bodies.customer(Bodies.LINE1, "Admin@AcmeCorp.Example", id("workspace")))
                .refuses(409, "email_taken");
        app.get("/api/v1/customers/" + id("customer"))
                .is(200)
                .shows("/companyName", "Acme Corporation")
                .shows("/status", "active");
    }

    private void aTypeLeadsToAnExplanation(Answer refusal) {
        Http stranger = Http.at(base());
        String invalid = stranger.get(refusal.at("/type")).is(200).text();
        assertTrue(invalid, invalid.contains("What to do: ") && invalid.contains("\n  required: "));
        String all = stranger.get("/problems/").is(200).text();
        for (String code : List.of("404 not_found: ", "409 thread_closed: ", "422 idempotency_key_reused: ")) {
            assertTrue(code + " is not in " + all, all.contains(code));
        }
        stranger.get("/problems/nonsense").refuses(404, "not_found");
    }

    @Test
    public void step09TheWalletIsEmpty() {
        wallet("0.00", "0.00", "0.00");
    }

    @Test
    public void step10ConfiguresTheBankDeposit() {
        JsonNode gateway = gateway();
        assertEquals("active", gateway.path("state").asText());
        assertFalse(gateway.toString(), gateway.path("configured").asBoolean(true));
        app.put("/api/v1/gateways/bank-deposit/settings", """
                {"accountHolder": "Harborlight AI LLC", "accountNumber": "000123456789",
                 "instructions": "Please quote the reference."}""").is(200);
        assertTrue(gateway().path("configured").asBoolean());
    }

    private static JsonNode gateway() {
        for (JsonNode item : app.get("/api/v1/gateways").is(200).json().path("items")) {
            if (item.path("id").asText().equals("bank-deposit")) {
                return item;
            }
        }
        throw new AssertionError("no gateway bank-deposit");
    }

    @Test
    public void step11BuysAPackage() {
        Answer made = app.twice("/api/v1/purchases", """
                {"customer": "%s", "package": "%s", "gateway": "bank-deposit"}""".formatted(id("customer"), id("package")))
                .is(201)
                .shows("/status", "awaiting_payment")
                .shows("/next/type", "instructions");
        assertTrue(made.text(), made.json().at("/next/lines").size() > 0);
        assertFalse(made.text(), made.at("/next/reference").isEmpty());
        keep("purchase", "pur", made);
        wallet("0.00", "0.00", "0.00");
    }

    @Test
    public void step12ApprovesThePurchaseOnce() {
        String path = "/api/v1/purchases/" + id("purchase") + "/approve";
        app.post(path, Bodies.approval("449.99")).is(422);
        wallet("0.00", "0.00", "0.00");
        app.twice(path, Bodies.approval("450.00")).is(200).shows("/status", "approved");
        app.post(path, Bodies.approval("450.00")).is(200).shows("/status", "approved");
        app.post(path, Bodies.approval("451.00")).is(422);
    }

    private static JsonNode entries() {
        return app.get("/api/v1/wallets/" + id("customer") + "/entries")
                .is(200)
                .json()
                .path("items");
    }

    @Test
    public void step13TheCreditIsInTheLedger() {
        wallet("500.00", "0.00", "500.00");
        JsonNode entries = entries();
        assertEquals(entries.toString(), 1, entries.size());
        JsonNode entry = entries.get(0);
        assertEquals(1, entry.path("seq").asInt());
        assertEquals("500.00", entry.path("amount").asText());
        assertEquals("500.00", entry.path("balanceAfter").asText());
        assertEquals("purchase", entry.path("kind").asText());
        assertEquals(id("purchase"), entry.path("reference").asText());
    }

    private static Answer usage(String... events) {
        return app.post(
                        "/api/v1/usage-events",
                        "application/cloudevents-batch+json",
                        "[" + String.join(",", events) + "]")
                .is(200);
    }

    @Test
    public void step14TakesUsage() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String customer = id("customer");
        usage(Bodies.event("e1", "voice-minutes", customer, now, "600"))
                .shows("/results/0/id", "e1")
                .shows("/results/0/status", "accepted")
                .shows("/results/0/charge", "8.50");
        usage(Bodies.event("e1", "voice-minutes", customer, now.minusSeconds(7_200), "600"))
                .shows("/results/0/status", "duplicate");
        Answer mixed = usage(
                Bodies.event("e2", "smoke-signals", customer, now, "1"),
                Bodies.event("e3", "voice-minutes", "cus_01h2xcejqtf2nbrexx3vqjhp41", now, "1"),
                Bodies.event("e1", "voice-minutes", customer, now, "600"));
        for (int rejected = 0; rejected < 2; rejected++) {
            mixed.shows("/results/" + rejected + "/status", "rejected");
            assertFalse(mixed.text(), mixed.at("/results/" + rejected + "/code").isEmpty());
        }
        mixed.shows("/results/2/status", "duplicate");
    }

    @Test
    public void step15TheUsageIsChargedAndCounted() {
        wallet("491.50", "0.00", "491.50");
        Answer cycle = app.get("/api/v1/subscriptions/" + id("customer") + "/usage-cycle")
                .is(200);
        assertTrue(Instant.parse(cycle.at("/from")).isBefore(Instant.parse(cycle.at("/to"))));
        for (JsonNode meter : cycle.json().path("meters")) {
            if (meter.path("meter").asText().equals("voice-minutes")) {
                assertEquals("500.00", meter.path("included").asText());
                assertEquals("600.00", meter.path("consumed").asText());
                assertEquals("100.00", meter.path("overage").asText());
                assertEquals("8.50", meter.path("charge").asText());
                return;
            }
        }
        throw new AssertionError("no voice-minutes in " + cycle.text());
    }

    @Test
    public void step16HoldsAndSettles() {
        Answer held = app.twice("/api/v1/holds", Bodies.hold(id("customer"), "5.00"))
                .is(201)
                .shows("/status", "open");
        String hold = keep("hold", "hld", held);
        wallet("491.50", "5.00", "486.50");
        app.twice("/api/v1/holds", Bodies.hold(id("customer"), "486.51"))
                .refuses(402, "insufficient_credits")
                .shows("/available", "486.50");
        app.twice("/api/v1/holds/" + hold + "/settle", "{\"amount\": \"3.20\"}")
                .is(200)
                .shows("/status", "settled");
        wallet("488.30", "0.00", "488.30");
        app.twice("/api/v1/holds/" + hold + "/settle", "{\"amount\": \"3.20\"}").refuses(409, "hold_settled");
        app.get("/api/v1/holds/" + hold).is(200).shows("/status", "settled");
        app.twice("/api/v1/holds", Bodies.hold(id("customer"), "0")).is(422);
        app.twice("/api/v1/holds", Bodies.hold(id("customer"), "-5.00")).is(422);
        app.twice("/api/v1/holds", Bodies.hold(id("customer"), "1.0000001")).is(422);
    }

    @Test
    public void step17LocksAndUnlocks() {
        String access = "/api/v1/access/" + id("customer");
        String subscription = "/api/v1/subscriptions/" + id("customer");
        app.get(access).is(200).shows("/allowed", "true");
        app.twice(subscription + "/lock", "{\"reason\": \"invoice 12 unpaid\"}").is(200);
        Answer refused = app.get(access).is(200).shows("/allowed", "false");
        refused.shows("/reasons/0/code", "subscription_locked");
        app.twice("/api/v1/holds", Bodies.hold(id("customer"), "1.00")).refuses(403, "access_refused");
        wallet("488.30", "0.00", "488.30");
        app.twice(subscription + "/unlock", "{}").is(200);
        app.get(access).is(200).shows("/allowed", "true");
    }

    @Test
    public void step18AdjustsTheCredit() {
        String path = "/api/v1/wallets/" + id("customer") + "/adjustments";
        app.twice(path, "{\"operation\": \"add\", \"amount\": \"10.00\", \"reason\": \"goodwill\"}")
                .is(201);
        wallet("498.30", "0.00", "498.30");
        JsonNode latest = null;
        for (JsonNode entry : entries()) {
            latest = latest == null
                            || entry.path("seq").asLong() > latest.path("seq").asLong()
                    ? entry
                    : latest;
        }
        assertNotNull(latest);
        assertEquals("adjustment", latest.path("kind").asText());
        assertEquals("10.00", latest.path("amount").asText());
        assertEquals("498.30", latest.path("balanceAfter").asText());
        app.twice(path, "{\"operation\": \"add\", \"amount\": \"10.00\"}").is(422);
        app.twice(path, "{\"operation\": \"deduct\", \"amount\": \"0\", \"reason\": \"none\"}")
                .is(422);
        assertEquals(
                1,
                app.get("/api/v1/purchases?customer=" + id("customer"))
                        .is(200)
                        .json()
                        .path("items")
                        .size());
    }

    @Test
    public void step19Chats() {
        String body = """
                {"customer": "%s", "agent": "Front desk, Portland", "externalId": "call-1"}""".formatted(id("customer"));
        String thread = keep("thread", "thr", app.twice("/api/v1/threads", body).is(201));
        assertEquals(thread, app.twice("/api/v1/threads", body).is(201).at("/id"));
        String messages = "/api/v1/threads/" + thread + "/messages";
        String first = app.twice(messages, "{\"role\": \"user\", \"content\": \"Hello\"}")
                .is(201)
                .at("/id");
        assertTrue(first, first.startsWith("msg_"));
        app.twice(messages, "{\"role\": \"assistant\", \"content\": \"Good morning, <b>Harborlight</b>\"}")
                .is(201);
        app.get(messages)
                .is(200)
                .shows("/items/0/content", "Hello")
                .shows("/items/0/seq", "1")
                .shows("/items/1/role", "assistant")
                .shows("/items/1/seq", "2");

        Answer found = app.get("/api/v1/customers?q=ACME").is(200);
        assertEquals(found.text(), 1, found.json().path("items").size());
        found.shows("/items/0/id", id("customer"))
                .shows("/items/0/messages", "2")
                .shows("/items/0/threads", "1")
                .shows("/items/0/balance", "498.30")
                .shows("/items/0/plan", "scale");
        assertTrue(found.json().at("/items/0/messages").isIntegralNumber());
        app.get("/api/v1/threads?customer=" + id("customer"))
                .is(200)
                .shows("/items/0/id", thread)
                .shows("/items/0/messages", "2")
                .shows("/items/0/latestMessage/role", "assistant")
                .shows("/items/0/latestMessage/excerpt", "Good morning, <b>Harborlight</b>");
        app.get("/api/v1/customers?q=nobody").is(200);
    }

    @Test
    public void step20Reports() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String period = "from=" + now.minus(1, ChronoUnit.DAYS) + "&to=" + now.plus(1, ChronoUnit.DAYS);
        Answer usage = app.get("/api/v1/reports/usage?customer=" + id("customer") + "&" + period)
                .is(200)
                .shows("/items/0/meter", "voice-minutes")
                .shows("/items/0/name", "Conversation minutes")
                .shows("/items/0/unit", "minute")
                .shows("/items/0/quantity", "600.00")
                .shows("/items/0/unitPrice", "0.085")
                .shows("/items/0/charge", "8.50")
                .shows("/items/0/cost", "18.60")
                .shows("/totals/charge", "8.50");
        assertEquals(usage.text(), 1, usage.json().path("items").size());
        app.get("/api/v1/reports/usage-series?" + period)
                .is(200)
                .shows("/bucket", "day")
                .shows("/items/0/meter", "voice-minutes")
                .shows("/items/0/quantity", "600.00")
                .shows("/items/0/charge", "8.50")
                .shows("/items/0/cost", "18.60");
        app.get("/api/v1/reports/usage-series?days=90&customer=" + id("customer"))
                .is(200)
                .shows("/bucket", "day")
                .shows("/items/0/charge", "8.50");
        app.get("/api/v1/reports/usage-series?days=90&from=2026-11-21").refuses(422, "invalid");
        app.get("/api/v1/reports/usage-series?days=93").refuses(422, "invalid");
        Answer profit = app.get("/api/v1/reports/profitability?" + period).is(200);
        for (String at : List.of("", "/customers/0")) {
            profit.shows(at + "/charged", "8.50")
                    .shows(at + "/cost", "18.60")
                    .shows(at + "/margin", "-10.10")
                    .shows(at + "/settledHolds", "3.20");
        }
        profit.shows("/customers/0/customer", id("customer")).shows("/customers/0/name", "Acme Corporation");
        assertEquals(profit.text(), 1, profit.json().path("customers").size());
        Answer revenue = app.get("/api/v1/reports/revenue?" + period).is(200);
        revenue.shows("/totals/0/amount/amount", "450.00")
                .shows("/totals/0/amount/currency", "USD")
                .shows("/items/0/gateway", "bank-deposit");
        assertEquals(revenue.text(), 1, revenue.json().path("totals").size());
        app.get("/api/v1/reports/lifetime-value/" + id("customer"))
                .is(200)
                .shows("/items/0/paid/amount", "450.00")
                .shows("/items/0/paid/currency", "USD")
                .shows("/items/0/inPeriod/amount", "450.00");
        Answer recurring = app.get("/api/v1/reports/recurring").is(200);
        app.get("/api/v1/reports/movements?" + period)
                .is(200)
                .shows("/totals/0/opening/amount", "0.00")
                .shows("/totals/0/closing/amount", recurring.at("/totals/0/monthly/amount"));
        app.get("/api/v1/reports/engagement?" + period)
                .is(200)
                .shows("/threads", "1")
                .shows("/messages", "2");
        app.get("/api/v1/reports/usage?from=2026-11-21&to=2026-11-01").refuses(422, "invalid");
    }

    @Test
    public void step21AnotherTenantFindsNothing() {
        String absent = "01h2xcejqtf2nbrexx3vqjhp41";
        List<String> paths = List.of(
                "/api/v1/workspaces/" + id("workspace"),
                "/api/v1/plans/" + id("plan"),
                "/api/v1/packages/" + id("package"),
                "/api/v1/customers/" + id("customer"),
                "/api/v1/wallets/" + id("customer"),
                "/api/v1/wallets/" + id("customer") + "/entries",
                "/api/v1/access/" + id("customer"),
                "/api/v1/subscriptions/" + id("customer"),
                "/api/v1/subscriptions/" + id("customer") + "/usage-cycle",
                "/api/v1/usage/" + id("customer"),
                "/api/v1/purchases/" + id("purchase"),
                "/api/v1/holds/" + id("hold"),
                "/api/v1/threads/" + id("thread"),
                "/api/v1/threads/" + id("thread") + "/messages",
                "/api/v1/threads?customer=" + id("customer"),
                "/api/v1/reports/usage?customer=" + id("customer"),
                "/api/v1/reports/usage-series?customer=" + id("customer"),
                "/api/v1/reports/lifetime-value/" + id("customer"));
        String same = other.get("/api/v1/customers/cus_" + absent)
                .refuses(404, "not_found")
                .text();
        for (String path : paths) {
            app.get(path).is(200);
            assertEquals(path, same, other.get(path).refuses(404, "not_found").text());
            String unknown = path.replaceFirst("(wsp|pln|pkg|cus|pur|hld|thr)_[0-9a-z]{26}", "$1_" + absent);
            assertNotEquals(path, unknown);
            assertEquals(
                    unknown, same, app.get(unknown).refuses(404, "not_found").text());
        }
        assertEquals(
                same,
                other.get("/api/v1/customers/nonsense")
                        .refuses(404, "not_found")
                        .text());
        for (Answer write : List.of(
                other.twice("/api/v1/holds", Bodies.hold(id("customer"), "1.00")),
                other.twice("/api/v1/purchases/" + id("purchase") + "/approve", Bodies.approval("450.00")),
                other.twice("/api/v1/holds/" + id("hold") + "/settle", "{\"amount\": \"1.00\"}"),
                other.twice("/api/v1/subscriptions/" + id("customer") + "/lock", "{\"reason\": \"none\"}"),
                other.twice(
                        "/api/v1/wallets/" + id("customer") + "/adjustments",
                        "{\"operation\": \"add\", \"amount\": \"1.00\", \"reason\": \"none\"}"),
                other.twice("/api/v1/threads", "{\"customer\": \"" + id("customer") + "\", \"agent\": \"x\"}"),
                other.twice(
                        "/api/v1/threads/" + id("thread") + "/messages", "{\"role\": \"user\", \"content\": \"x\"}"))) {
            assertEquals(write.request(), same, write.refuses(404, "not_found").text());
        }
        assertEquals(
                0,
                other.get("/api/v1/customers?q=acme")
                        .is(200)
                        .json()
                        .path("items")
                        .size());
        wallet("498.30", "0.00", "498.30");
    }

    @Test
    public void step22TheShellReachesTheSameCustomer() throws Exception {
        String customer = id("customer");
        contains(shell("tenant:list"), "harborlight", "Harborlight AI");
        contains(shell("customer:list harborlight"), "Acme Corporation");
        contains(shell("wallet:show harborlight " + customer), "498.30");
        contains(shell("purchase:list harborlight"), "450.00", "approved");
        contains(shell("gateway:list"), "bank-deposit");
        shell("hold:list harborlight");
        contains(shell("report:usage harborlight " + customer), "voice-minutes", "8.50");
        contains(shell("report:profitability harborlight"), "-10.10");
        contains(shell("thread:list harborlight " + customer), "Front desk, Portland", "call-1");
        shell("wallet:adjust --yes harborlight " + customer + " add 1.70 rounding");
        wallet("500.00", "0.00", "500.00");
        contains(shell("mail:list harborlight"), "acmecorp.example");
    }

    private static void contains(String text, String... parts) {
        for (String part : parts) {
            assertTrue("no " + part + " in " + text, text.contains(part));
        }
    }

    @Test
    public void step23TheLedgerIsRightUntilSomebodyEditsIt() throws Exception {
        shell("ledger:verify harborlight");
        shell("ledger:verify");
        String where = " where reason = 'goodwill'";
        edit("update credits.entry set amount = amount + 1, balance_after = balance_after + 1" + where);
        try {
            assertFalse("an edited entry was not found", verifies());
        } finally {
            edit("update credits.entry set amount = amount - 1, balance_after = balance_after - 1" + where);
        }
        shell("ledger:verify harborlight");
    }

    private boolean verifies() {
        try {
            shell("ledger:verify harborlight");
            return true;
        } catch (Exception refused) {
            return false;
        }
    }

    private void edit(String sql) throws Exception {
        asOwner(
                "select set_config('app.tenant', (select tenant_id::text from tenancy.directory where kind = 'SLUG' and name = 'harborlight'), false)",
                sql);
    }

    @Test
    public void step24EveryTableThatTheApplicationReachesIsHeldToATenant() throws Exception {
        DatabaseRules.check(this::asOwner);
        TenantPredicates.check(this::asApplication);
    }

    @Test
    public void step25TheDocumentOfTheInterfaceIsTrue() throws Exception {
        ApiDocument.check(admin.get("/api/v1/openapi.json").is(200).json().path("paths"));
    }
}

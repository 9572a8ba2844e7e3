package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bursar.itests.Http.Answer;
import org.bursar.itests.TwoNodes.Two;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.FixMethodOrder;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TestWatcher;
import org.junit.runner.Description;
import org.junit.runners.MethodSorters;

/** Two nodes on one database do everything once, and each soon knows what was decided at the other. */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class TwoNodesIT {
    private static final List<String> FAILED = new ArrayList<>();
    private static final String SLUG = "harborlight";
    private static TwoNodes nodes;
    private static Agency a;
    private static Agency b;
    private static String customer;

    @Rule
    public final TestWatcher watcher = new TestWatcher() {
        @Override
        protected void failed(Throwable e, Description description) {
            FAILED.add(description.getMethodName());
        }
    };

    @BeforeClass
    public static void unpack() throws Exception {
        nodes = new TwoNodes();
    }

    @AfterClass
    public static void leaveNothingRunning() throws Exception {
        nodes.close();
    }

    @Before
    public void bothRun() {
        assumeTrue("failed before: " + FAILED, customer != null || FAILED.isEmpty());
    }

    @Test
    public void step01BothStartAtOnceOnAnEmptyDatabase() throws Exception {
        nodes.start();
        for (Platform node : List.of(nodes.a, nodes.b)) {
            node.anybody().get("/health/ready").is(200);
        }
        assertEquals(
                "one platform admin",
                1,
                nodes.b
                        .admin()
                        .get("/api/v1/users")
                        .is(200)
                        .json()
                        .path("items")
                        .size());
        a = Agency.made(nodes.a.admin(), SLUG);
        b = a.at(nodes.b.address());
        customer = a.customer("Acme", "10000.00");
    }

    private static BigDecimal balance(String of) {
        return new BigDecimal(b.wallet(of).is(200).at("/balance"));
    }

    /** Asks with one key until the first attempt with it has ended. */
    private static Answer keyed(Agency at, String key, String path, String body) {
        Http caller = at.app().with("Idempotency-Key", key);
        Answer answer = caller.post(path, body);
        while (answer.status() == 409 && answer.text().contains("request_in_progress")) {
            answer = caller.post(path, body);
        }
        return answer;
    }

    @Test
    public void step02OneKeyHasOneEffect() throws Exception {
        String path = "/api/v1/wallets/" + customer + "/adjustments";
        String body = "{\"operation\": \"add\", \"amount\": \"1.00\", \"reason\": \"once\"}";
        int keys = Soak.count(50, 500);
        BigDecimal before = balance(customer);
        for (int i = 0; i < keys; i++) {
            String key = UUID.randomUUID().toString();
            Two<Answer> both = i % 2 == 0
                    ? new Two<>(keyed(a, key, path, body), keyed(b, key, path, body))
                    : TwoNodes.together(() -> keyed(a, key, path, body), () -> keyed(b, key, path, body));
            assertEquals(both.first().is(201).json(), both.second().is(201).json());
            assertNotEquals(
                    "one of them did it",
                    both.first().header("Idempotency-Replayed"),
                    both.second().header("Idempotency-Replayed"));
        }
        BigDecimal effects = balance(customer).subtract(before);
        Scorecard.add(Figure.DOUBLE_EFFECTS, keys, effects.intValueExact() - keys);
        assertEquals(0, effects.compareTo(new BigDecimal(keys)));

        // the control: without a key the same race takes effect twice, and the check sees it
        before = balance(customer);
        Two<Answer> both = TwoNodes.together(
                () -> a.app().post(path, body).is(201),
                () -> b.app().post(path, body).is(201));
        assertNotEquals(both.first().at("/seq"), both.second().at("/seq"));
        assertEquals(0, balance(customer).subtract(before).compareTo(new BigDecimal("2")));
        Scorecard.add(Figure.CONTROLS, 1, 1);
    }

    @Test
    public void step03OneApprovalCreditsOnce() throws Exception {
        int races = Soak.count(8, 80);
        BigDecimal before = balance(customer);
        for (int i = 0; i < races; i++) {
            String path = "/api/v1/purchases/" + a.purchase(customer).is(201).at("/id") + "/approve";
            Two<Answer> both = TwoNodes.together(
                    () -> a.keyed(path, Bodies.approval("450.00")), () -> b.keyed(path, Bodies.approval("450.00")));
            both.first().is(200).shows("/status", "approved");
            both.second().is(200).shows("/status", "approved");
        }
        assertEquals(0, balance(customer).subtract(before).compareTo(new BigDecimal(500 * races)));
        Scorecard.add(Figure.DOUBLE_EFFECTS, races, 0);
    }

    @Test
    public void step04OneSettlementAndOneLastCreditWin() throws Exception {
        String poor = a.customer("Poor", "1.00");
        int races = Soak.count(10, 100);
        for (int i = 0; i < races; i++) {
            Two<Answer> held = TwoNodes.together(() -> a.hold(poor, "1.00"), () -> b.hold(poor, "1.00"));
            one(held, 201, 402, "insufficient_credits");
            String hold = (held.first().status() == 201 ? held.first() : held.second()).at("/id");
            b.wallet(poor).shows("/available", "0.00");
            one(
                    TwoNodes.together(() -> a.settle(hold, "1.00"), () -> b.settle(hold, "1.00")),
                    200,
                    409,
                    "hold_settled");
            b.wallet(poor).shows("/balance", "0.00").shows("/held", "0.00");
            a.credit(poor, "1.00").is(201);
        }
        String path = "/api/v1/wallets/" + poor + "/adjustments";
        String deduct = "{\"operation\": \"deduct\", \"amount\": \"1.00\", \"reason\": \"last\"}";
        one(
                TwoNodes.together(() -> a.keyed(path, deduct), () -> b.keyed(path, deduct)),
                201,
                402,
                "insufficient_credits");
        b.wallet(poor).shows("/balance", "0.00");
        Scorecard.add(Figure.DOUBLE_EFFECTS, 2L * races + 1, 0);
    }

    private static void one(Two<Answer> both, int wins, int loses, String code) {
        boolean first = both.first().status() == wins;
        (first ? both.first() : both.second()).is(wins);
        (first ? both.second() : both.first()).refuses(loses, code);
    }

    @Test
    public void step05HoldsExpireOnceAndJobsRunOnce() throws Exception {
        String holder = a.customer("Holder", "100.00");
        for (int i = 0; i < 10; i++) {
            (i % 2 == 0 ? a : b)
                    .keyed("/api/v1/holds", Bodies.hold(holder, "1.00").replace("60", "1"))
                    .is(201);
        }
        b.wallet(holder).shows("/balance", "100.00");
        Map<String, Integer> before = runs();
        long start = System.nanoTime();
        Callers.await(
                () -> a.wallet(holder).at("/held").equals("0.00")
                        && b.wallet(holder).at("/held").equals("0.00"),
                "that the holds expire");
        b.wallet(holder).shows("/balance", "100.00").shows("/available", "100.00");
        Thread.sleep(Soak.count(6_000, 60_000));
        Map<String, Integer> after = runs();
        double seconds = (System.nanoTime() - start) / 1e9;
        int most = 0;
        for (JsonNode job : jobs(nodes.a)) {
            String name = job.path("name").asText();
            double every = Duration.parse(job.path("every").asText("PT1H")).toMillis() / 1000.0;
            int ran = after.getOrDefault(name, 0) - before.getOrDefault(name, 0);
            assertTrue(
                    name + " ran " + ran + " times in " + seconds + " s, every " + every, ran <= seconds / every + 2);
            most = Math.max(most, ran);
        }
        assertTrue("jobs run at all", most > 1);
    }

    private static JsonNode jobs(Platform node) throws Exception {
        JsonNode listed = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(node.command("job:list", "--json").text());
        return listed.isArray() ? listed : listed.path("items");
    }

    /** How often each job has run, on whichever node. */
    private static Map<String, Integer> runs() throws Exception {
        Map<String, Integer> runs = new TreeMap<>();
        for (JsonNode job : jobs(nodes.b)) {
            runs.put(job.path("name").asText(), job.path("runs").asInt());
        }
        return runs;
    }

    /** Polls the other node until it refuses; what it was sent after that must not have been served. */
    private static Duration late(Supplier<Answer> elsewhere, Supplier<Answer> decision, int refusal) throws Exception {
        elsewhere.get().is(200);
        AtomicBoolean refused = new AtomicBoolean();
        List<Long> served = new ArrayList<>();
        Thread poller = new Thread(() -> {
            while (!refused.get()) {
                long sent = System.nanoTime();
                Answer answer = elsewhere.get();
                if (answer.status() == 200) {
                    served.add(sent);
                } else {
                    answer.is(refusal);
                    refused.set(true);
                }
            }
        });
        poller.start();
        Thread.sleep(50);
        decision.get();
        long decided = System.nanoTime();
        poller.join(20_000);
        assertTrue("the other node never refuses", refused.get());
        return Duration.ofNanos(Math.max(0, served.get(served.size() - 1) - decided));
    }

    /** With a password of their own: what somebody else has typed is good for choosing one and for nothing else. */
    private static Http signedIn(Platform node, String email) {
        return node.anybody().bearer(token(node, email));
    }

    /** Of a new session, after a first password was replaced. */
    private static String token(Platform node, String email) {
        Answer first = session(node, email, "Anchor-Below-5-Decks");
        if (first.status() == 201) {
            node.anybody()
                    .bearer(first.at("/token"))
                    .post("/api/v1/me/password", """
                    {"current": "Anchor-Below-5-Decks", "new": "Harbour-Above-6-Masts"}""")
                    .is(204);
        }
        return session(node, email, "Harbour-Above-6-Masts").is(201).at("/token");
    }

    private static Answer session(Platform node, String email, String password) {
        return node.anybody()
                .with("Bursar-Tenant", SLUG)
                .post("/api/v1/sessions", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
    }

    @Test
    public void step06WhatOneNodeRevokesTheOtherRefusesWithinASecond() throws Exception {
        int rounds = Soak.count(3, 20);
        Duration worst = Duration.ZERO;
        int tries = 0;
        for (int round = 0; round < rounds; round++) {
            for (Duration late : revocations(round)) {
                worst = late.compareTo(worst) > 0 ? late : worst;
                tries++;
            }
        }
        System.out.println("nodes: worst revocation " + worst.toMillis() + " ms of " + tries);
        Scorecard.worst(Figure.REVOCATION, tries, worst);
        assertTrue(worst + " after the decision", worst.compareTo(Duration.ofSeconds(1)) <= 0);
        // the control: the other node does believe for a while, so that a bound of nothing would not hold
        assertTrue("nothing was measured", worst.toMillis() > 0);
    }

    private List<Duration> revocations(int round) throws Exception {
        List<Duration> lates = new ArrayList<>();
        String name = "Revoked " + round;
        String who = a.customer(name, "5.00");
        String wallet = "/api/v1/wallets/" + who;

        Answer key = a.app()
                .post("/api/v1/api-keys", "{\"name\": \"short\", \"permissions\": [\"wallets:read\"]}")
                .is(201);
        Http keyed = nodes.b.anybody().bearer(key.at("/key"));
        lates.add(late(
                () -> keyed.get(wallet),
                () -> a.app()
                        .send("DELETE", "/api/v1/api-keys/" + key.at("/id"), null, null)
                        .is(204),
                401));
        keyed.to(nodes.a.address()).get(wallet).refuses(401, "unauthenticated");

        Http session = signedIn(nodes.a, a.email(name));
        Http there = session.to(nodes.b.address());
        lates.add(late(
                () -> there.get(wallet),
                () -> session.send("DELETE", "/api/v1/sessions/current", null, null)
                        .is(204),
                401));
        session.get(wallet).refuses(401, "unauthenticated");

        String user = a.app().get("/api/v1/users?customer=" + who).is(200).at("/items/0/id");
        Http again = signedIn(nodes.a, a.email(name)).to(nodes.b.address());
        lates.add(late(
                () -> again.get("/api/v1/users/" + user),
                () -> a.keyed("/api/v1/users/" + user + "/disable", "{}").is(200),
                403));
        a.keyed("/api/v1/users/" + user + "/enable", "{}").is(200);

        Http last = signedIn(nodes.b, a.email(name));
        lates.add(late(
                () -> last.get(wallet),
                () -> a.keyed("/api/v1/customers/" + who + "/deactivate", "{\"reason\": \"left\"}")
                        .is(200),
                401));

        Answer set = a.keyed("/api/v1/permission-sets", """
                {"name": "readers %d", "permissions": ["wallets:read", "users:read"]}""".formatted(round)).is(201);
        String member = a.customer("Member " + round, "5.00");
        Answer custom = a.keyed("/api/v1/users", """
                {"customer": "%s", "firstName": "Uma", "lastName": "Lind", "email": "uma%d@%s.example", "access": "custom",
                 "permissionSet": "%s", "password": "Anchor-Below-5-Decks"}""".formatted(member, round, SLUG, set.at("/id")))
                .is(201);
        assertFalse(custom.at("/id").isEmpty());
        String address = "uma" + round + "@" + SLUG + ".example";
        Http uma = signedIn(nodes.b, address);
        lates.add(late(
                () -> uma.get("/api/v1/wallets/" + member),
                () -> a.app()
                        .send(
                                "PATCH",
                                "/api/v1/permission-sets/" + set.at("/id"),
                                "application/merge-patch+json",
                                "{\"permissions\": [\"users:read\"]}")
                        .is(200),
                403));
        return lates;
    }

    @Test
    public void step07WhatOneNodeDecidesTheOtherGoesBy() throws Exception {
        Duration worst = Duration.ZERO;
        int changes = 0;
        for (int round = 0; round < Soak.count(3, 20); round++) {
            String who = a.customer("Plans " + round, "50.00");
            b.access(who).is(200).shows("/allowed", "true");
            a.keyed("/api/v1/customers/" + who + "/suspend", "{\"reason\": \"abuse\"}")
                    .is(200);
            worst = later(worst, known(b, who, "account_suspended"));
            a.access(who).shows("/reasons/0/code", "account_suspended");
            b.hold(who, "1.00").refuses(403, "access_refused");
            b.keyed("/api/v1/customers/" + who + "/resume", "{}").is(200);
            b.access(who).is(200).shows("/allowed", "true");
            worst = later(worst, known(a, who, ""));

            b.usage("first", who, "1").is(200).shows("/results/0/charge", "0.085");
            String dear = "dear-" + round;
            a.app()
                    .post(
                            "/api/v1/plans",
                            Agency.plan(dear, "0").replace("0.085", "0.5").replace("0.00", "1.00"))
                    .is(201);
            a.app()
                    .put("/api/v1/subscriptions/" + who, "{\"plan\": \"" + dear + "\"}")
                    .is(200);
            b.usage("second " + round, who, "1").is(200).shows("/results/0/charge", "0.50");
            a.access(who).is(200).shows("/allowed", "true");
            b.lock(who).is(200);
            b.access(who).is(200).shows("/reasons/0/code", "subscription_locked");
            worst = later(worst, known(a, who, "subscription_locked"));
            changes += 3;
        }
        worst = later(worst, wholeTenantStops());
        Scorecard.worst(Figure.ACCESS, changes + 2, worst);
        assertTrue(worst.toString(), worst.compareTo(Duration.ofSeconds(1)) < 0);
    }

    /** A suspended tenant's people read and what has begun ends; at the node that was told there is no second in which they do more. */
    private static Duration wholeTenantStops() throws Exception {
        Http admin = nodes.a.admin();
        String tenant =
                "/api/v1/tenants/" + admin.get("/api/v1/tenants").is(200).at("/items/0/id");
        String who = a.customer("Of a suspended tenant", "50.00");
        b.access(who).is(200).shows("/allowed", "true");
        admin.post(tenant + "/suspend", "{\"reason\": \"unpaid\"}").is(200).shows("/status", "suspended");
        a.access(who).shows("/reasons/0/code", "tenant_suspended");
        a.hold(who, "1.00").refuses(403, "access_refused");
        a.app().post("/api/v1/workspaces", "{\"name\": \"Salem\"}").refuses(403, "tenant_suspended");
        Duration stopped = known(b, who, "tenant_suspended");
        b.app().get("/api/v1/customers").is(200);
        b.app().post("/api/v1/workspaces", "{\"name\": \"Salem\"}").refuses(403, "tenant_suspended");
        b.usage("in flight", who, "1").is(200);
        admin.post(tenant + "/resume", "{}").is(200).shows("/status", "active");
        a.hold(who, "1.00").is(201);
        return later(stopped, known(b, who, ""));
    }

    private static Duration later(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /** How long it takes until a node says no for that reason, or yes for none. */
    private static Duration known(Agency node, String who, String reason) throws Exception {
        long start = System.nanoTime();
        Callers.await(
                () -> node.access(who)
                        .is(200)
                        .json()
                        .at("/reasons/0/code")
                        .asText()
                        .equals(reason),
                "access: " + reason);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** A page that is open at one node is told of what is done at the other. */
    @Test
    public void step07bWhatOneNodeDoesShowsOnPagesOfTheOther() throws Exception {
        String name = "Looks on";
        String who = a.customer(name, "5.00");
        String token = token(nodes.b, a.email(name));
        String live = "http://%s.localhost:%d/live?about=".formatted(SLUG, nodes.b.port());
        Listener balance = Listener.at(live + "balance&since=balance:other", token);
        Listener purchases = Listener.at(live + "purchases&since=purchases:other", token);
        for (Listener page : List.of(balance, purchases)) {
            assertEquals(200, page.status());
            assertFalse("what changed before it listened", page.next("data:").isEmpty());
        }
        a.keyed("/api/v1/wallets/" + who + "/adjustments", """
                {"operation": "add", "amount": "2.00", "reason": "goodwill"}""").is(201);
        assertEquals("data: balance", balance.next("data:"));
        String bought = a.purchase(who).is(201).at("/id");
        assertEquals("data: purchases", purchases.next("data:"));
        a.keyed("/api/v1/purchases/" + bought + "/approve", Bodies.approval("450.00"))
                .is(200);
        assertEquals("data: purchases", purchases.next("data:"));
        assertEquals("data: balance", balance.next("data:"));
    }

    /** Ten places for the plan, two more for an add-on, asked for at both nodes at once. */
    @Test
    public void step07aPlacesUnderALimitAreGivenOnceAndComeBack() throws Exception {
        String who = a.customer("Places", "50.00");
        a.app().post("/api/v1/add-ons", """
                {"key": "concurrency", "name": "Conversation concurrency", "unitPrice": {"amount": "9.00", "currency": "USD"},
                 "limit": "concurrency"}""").is(201);
        b.app()
                .put("/api/v1/subscriptions/" + who + "/add-ons/concurrency", "{\"quantity\": \"2\"}")
                .is(200)
                .shows("/limits/concurrency", "12")
                .shows("/monthlyRecurringCost/amount", "18.00")
                .shows("/addOns/0/quantity", "2.00");
        String body = """
                {"customer": "%s", "limit": "concurrency", "ttlSeconds": 60}""".formatted(who);
        int races = Soak.count(5, 50);
        for (int race = 0; race < races; race++) {
            Two<List<Answer>> both = TwoNodes.together(() -> tenTimes(a, body), () -> tenTimes(b, body));
            List<String> taken = new ArrayList<>();
            for (Answer answer :
                    Stream.concat(both.first().stream(), both.second().stream()).toList()) {
                if (answer.status() == 201) {
                    taken.add(answer.at("/id"));
                } else {
                    answer.refuses(429, "limit_reached").shows("/size", "12");
                    assertTrue(Integer.parseInt(answer.header("Retry-After")) >= 1);
                }
            }
            assertEquals(12, taken.size());
            assertEquals(12, leases(b, who).size());
            for (String lease : taken) {
                b.keyed("/api/v1/leases/" + lease + "/renew", "{\"ttlSeconds\": 90}")
                        .is(200);
                a.keyed("/api/v1/leases/" + lease + "/release", "{}").is(200).shows("/status", "released");
                b.keyed("/api/v1/leases/" + lease + "/renew", "{\"ttlSeconds\": 90}")
                        .refuses(409, "lease_ended");
            }
            assertEquals(0, leases(a, who).size());
        }
        a.lock(who).is(200);
        a.keyed("/api/v1/leases", body).refuses(403, "access_refused");
    }

    private static List<Answer> tenTimes(Agency at, String body) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(at.keyed("/api/v1/leases", body));
        }
        return answers;
    }

    private static JsonNode leases(Agency at, String who) {
        return at.app().get("/api/v1/leases?customer=" + who).is(200).json().path("items");
    }

    @Test
    public void step08AStrangeNodeIsRefused() throws Exception {
        Platform otherKey = nodes.another("other key");
        otherKey.with("BURSAR_KEY_FILE", nodes.key("other-key").toString());
        refused(otherKey, "is not the one that this database was set up with");
        nodes.query(SLUG, """
                insert into rest.flyway_history (installed_rank, version, description, type, script, checksum, installed_by,
                    execution_time, success)
                values (999, '999', 'from a later version', 'SQL', 'V999__later.sql', 1, 'bursar_owner', 1, true)""");
        try {
            refused(nodes.another("older version"), "the schema rest is not up to date");
        } finally {
            nodes.query(SLUG, "delete from rest.flyway_history where version = '999'");
        }
        a.access(customer).is(200).shows("/allowed", "true");
        b.access(customer).is(200).shows("/allowed", "true");
    }

    /** It says why in words, is never ready and changes nothing; a schema that it knows it may go on reading. */
    private static void refused(Platform node, String why) throws Exception {
        node.begin();
        Callers.await(
                () -> {
                    try {
                        return node.log().contains(why);
                    } catch (java.io.IOException e) {
                        return false;
                    }
                },
                "a log that says " + why);
        Callers.await(
                () -> {
                    try {
                        Answer ready = node.anybody().get("/health/ready");
                        assertNotEquals(ready.text(), 200, ready.status());
                        return ready.text().contains(why);
                    } catch (UncheckedIOException e) {
                        return false;
                    }
                },
                "ready to say " + why);
        BigDecimal before = balance(customer);
        int status = a.at(node.address())
                .keyed(
                        "/api/v1/wallets/" + customer + "/adjustments",
                        "{\"operation\": \"add\", \"amount\": \"1.00\", \"reason\": \"strange\"}")
                .status();
        assertTrue("serves with " + status, status == 404 || status == 503);
        assertEquals(0, before.compareTo(balance(customer)));
        node.close();
    }

    @Test
    public void step09RollingRestartsFailNobodyWhoRetries() throws Exception {
        String path = "/api/v1/wallets/" + customer + "/adjustments";
        String body = "{\"operation\": \"add\", \"amount\": \"1.00\", \"reason\": \"load\"}";
        BigDecimal before = balance(customer);
        AtomicBoolean going = new AtomicBoolean(true);
        AtomicInteger done = new AtomicInteger();
        AtomicInteger retried = new AtomicInteger();
        List<String> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            boolean even = i % 2 == 0;
            Thread caller = new Thread(() -> {
                while (going.get()) {
                    String key = UUID.randomUUID().toString();
                    String said = acknowledged(even ? a : b, even ? b : a, key, path, body, retried);
                    if (said == null) {
                        done.incrementAndGet();
                    } else {
                        failures.add(said);
                    }
                }
            });
            caller.start();
            callers.add(caller);
        }
        for (int round = 0; round < Soak.count(1, 3); round++) {
            for (Platform node : List.of(nodes.a, nodes.b)) {
                assertEquals(0, node.stop());
                node.start();
            }
        }
        going.set(false);
        for (Thread caller : callers) {
            caller.join(60_000);
        }
        System.out.println("nodes: rolling restart, " + done + " writes, " + retried + " sent again");
        assertEquals(List.of(), failures);
        assertTrue("the load went on", done.get() > 50);
        assertTrue("nobody had to retry, so nothing was shown", retried.get() > 0);
        BigDecimal effects = balance(customer).subtract(before);
        Scorecard.add(Figure.LOST_WRITES, done.get(), Math.max(0, done.get() - effects.intValueExact()));
        Scorecard.add(Figure.DOUBLE_EFFECTS, done.get(), Math.max(0, effects.intValueExact() - done.get()));
        assertEquals(0, effects.compareTo(new BigDecimal(done.get())));
    }

    /** As a client does it: with one key, at one node, then at the other, for a while. Null when it was done. */
    private static String acknowledged(
            Agency first, Agency second, String key, String path, String body, AtomicInteger retried) {
        String last = "";
        for (int attempt = 0; attempt < 20; attempt++) {
            Agency at = attempt % 2 == 0 ? first : second;
            try {
                Answer answer = at.app().with("Idempotency-Key", key).post(path, body);
                if (answer.status() == 201) {
                    return null;
                }
                last = answer.status() + " " + answer.text();
                if (answer.status() != 503 && !answer.text().contains("request_in_progress")) {
                    return last;
                }
            } catch (UncheckedIOException e) {
                last = String.valueOf(e.getCause());
            }
            retried.incrementAndGet();
        }
        return last;
    }

    @Test
    public void step10TheOtherNodeTakesOverWhatAKilledOneDid() throws Exception {
        nodes.a.kill();
        long killed = System.nanoTime();
        Map<String, Integer> before = runs();
        Callers.await(() -> runs().getOrDefault("hold-expiry", 0) > before.getOrDefault("hold-expiry", 0) + 1, "jobs");
        for (JsonNode job : jobs(nodes.b)) {
            String name = job.path("name").asText();
            boolean often = Duration.parse(job.path("every").asText("PT1H")).toSeconds() <= 5;
            if (often) {
                Callers.await(() -> runs().get(name) > before.get(name), name + " goes on");
            }
        }
        System.out.println("nodes: jobs went on after " + Duration.ofNanos(System.nanoTime() - killed));
        b.access(customer).is(200).shows("/allowed", "true");
        assertEquals(201, b.hold(customer, "1.00").status());
        nodes.a.start();
        a.access(customer).is(200).shows("/allowed", "true");
    }
}

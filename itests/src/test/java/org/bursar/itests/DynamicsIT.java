package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bursar.database.DatabaseAddress;
import org.bursar.itests.Http.Answer;
import org.junit.Before;
import org.junit.FixMethodOrder;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TestWatcher;
import org.junit.runner.Description;
import org.junit.runner.RunWith;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.postgresql.ds.PGSimpleDataSource;

/** Bundles come and go while requests run: what does not depend on them notices nothing. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class DynamicsIT {
    private static final List<String> FAILED = new ArrayList<>();
    private static Callers callers;
    private static Duration undisturbed;

    private Swaps swaps;

    @Rule
    public final TestWatcher watcher = new TestWatcher() {
        @Override
        protected void failed(Throwable e, Description description) {
            FAILED.add(description.getMethodName());
        }
    };

    @Configuration
    public Option[] distribution() {
        return Distribution.options(Platform.ADMIN, Platform.ADMIN_PASSWORD);
    }

    private static BundleContext context() {
        return FrameworkUtil.getBundle(DynamicsIT.class).getBundleContext();
    }

    private static Http anybody() {
        return Http.at(URI.create("http://127.0.0.1:" + context().getProperty("org.osgi.service.http.port")));
    }

    @Before
    public void prepare() throws Exception {
        swaps = new Swaps(context());
        assumeTrue("the first step failed", callers != null || FAILED.isEmpty());
        if (callers == null) {
            Callers.await(() -> anybody().get("/health/ready").status() == 200, "ready");
            callers = Callers.prepared(anybody());
        }
        // a step that failed may have left something stopped
        for (String name : Callers.BUNDLES) {
            swaps.start(name);
        }
        callers.awaitAll();
    }

    private static Agency agency() {
        return callers.agency();
    }

    /** What all callers' answers were like while nothing was swapped: the machine's own noise. */
    @Test
    public void step01TheControlRunsUndisturbed() throws Exception {
        try (RequestLoop loop = callers.loop()) {
            Thread.sleep(Soak.count(5_000, 20_000));
            undisturbed = loop.worst();
            System.out.println("swap control: worst " + undisturbed.toMillis() + " ms, " + loop.slowest());
            check(loop, "control");
            assertTrue("the callers ask all the time", loop.requests() > 50);
        }
    }

    /** The loop finds what it looks for: callers of what is swapped count as failed when nobody said that it is. */
    @Test
    public void step02TheControlMustFail() throws Exception {
        try (RequestLoop loop = callers.loop()) {
            swaps.stop("chat-history");
            Callers.await(() -> loop.failed() > 0, "a failure that the loop sees");
            swaps.start("chat-history");
            callers.awaitAll();
        }
        Scorecard.add(Figure.CONTROLS, 1, 1);
    }

    @Test
    public void step03AGatewayComesAndGoes() throws Exception {
        String open = agency().purchase(callers.customer()).is(201).at("/id");
        try (RequestLoop loop = callers.loop()) {
            for (int round = 0; round < Soak.count(3, 20); round++) {
                swaps.stop("payments-bank-deposit");
                assertFalse(gateways().contains("bank-deposit"));
                agency().purchase(callers.customer()).refuses(409, "gateway_unavailable");
                agency().app()
                        .get("/api/v1/purchases/" + open)
                        .is(200)
                        .shows("/id", open)
                        .shows("/status", "awaiting_payment");
                swaps.start("payments-bank-deposit");
                assertTrue(gateways().contains("bank-deposit"));
                agency().purchase(callers.customer()).is(201).shows("/status", "awaiting_payment");
            }
            check(loop, "payments-bank-deposit");
        }
        agency().app()
                .get("/api/v1/purchases/" + open)
                .is(200)
                .shows("/status", "awaiting_payment")
                .shows("/next/type", "instructions");
    }

    private static Set<String> gateways() {
        Set<String> ids = new TreeSet<>();
        agency().app()
                .get("/api/v1/gateways")
                .is(200)
                .json()
                .path("items")
                .forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    @Test
    public void step04ChatHistoryLeavesNothingElseChanged() throws Exception {
        JsonNode whole = anybody().get("/api/v1/openapi.json").is(200).json();
        String thread = agency().thread(callers.customer(), "step04").is(201).at("/id");
        try (RequestLoop loop = callers.loop()) {
            for (int round = 0; round < Soak.count(2, 20); round++) {
                loop.swapped(Set.of("threads"));
                swaps.stop("chat-history");
                agency().app().get("/api/v1/threads").refuses(404, "not_found");
                agency().app().get("/api/v1/threads/" + thread).refuses(404, "not_found");
                agency().thread(callers.customer(), "gone").refuses(404, "not_found");
                OpenApiDifference.without(
                        whole,
                        anybody().get("/api/v1/openapi.json").is(200).json(),
                        "/threads",
                        swaps.schemasOfAlone("chat-history"));
                Answer ready = anybody().get("/health/ready").is(503);
                assertTrue(ready.text(), ready.text().contains("chat-history is not served"));
                swaps.start("chat-history");
                callers.awaitAll();
                loop.swapped(Set.of());
                agency().app().get("/api/v1/threads/" + thread).is(200);
                assertEquals(
                        whole, anybody().get("/api/v1/openapi.json").is(200).json());
            }
            check(loop, "chat-history");
        }
    }

    @Test
    public void step05WithoutPlansNobodyIsServedByMistake() throws Exception {
        try (RequestLoop loop = callers.loop()) {
            for (int round = 0; round < Soak.count(8, 100); round++) {
                loop.swapped(Callers.dependents("plans"));
                swaps.stop("plans");
                Answer access = agency().access(callers.customer()).is(200).shows("/allowed", "false");
                assertTrue(access.text(), RequestLoop.notReady(access));
                agency().hold(callers.customer(), "1.00").refuses(503, "unavailable");
                swaps.start("plans");
                callers.awaitAll();
                agency().access(callers.customer()).is(200).shows("/allowed", "true");
                loop.swapped(Set.of());
            }
            // the callers with a locked and a suspended customer would have failed on a single "allowed"
            check(loop, "plans");
        }
    }

    @Test
    public void step06RequestsInFlightAreAnswered() throws Exception {
        String thread = agency().thread(callers.customer(), "step06").is(201).at("/id");
        try (RequestLoop loop = callers.loop()) {
            loop.swapped(Set.of("threads"));
            CompletableFuture<Answer> held;
            CompletableFuture<Void> stopping;
            try (Connection locker = owner();
                    Statement statement = locker.createStatement()) {
                locker.setAutoCommit(false);
                statement.execute("select set_config('app.tenant', (select tenant_id::text from tenancy.directory"
                        + " where kind = 'SLUG' and name = '" + agency().slug() + "'), true)");
                statement.execute("select 1 from chat_history.thread where external_id = 'step06' for update");
                held = CompletableFuture.supplyAsync(() -> agency().message(thread, "slow"));
                Thread.sleep(500);
                stopping = CompletableFuture.runAsync(() -> {
                    try {
                        swaps.stop("chat-history");
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
                Callers.await(
                        () -> agency().app().get("/api/v1/threads").status() == 404, "404 while one is in flight");
                Thread.sleep(500);
                assertFalse("the request waits for the row", held.isDone());
                locker.rollback();
            }
            held.get(20, TimeUnit.SECONDS).is(201);
            stopping.get(20, TimeUnit.SECONDS);
            swaps.start("chat-history");
            callers.awaitAll();
            loop.swapped(Set.of());
            agency().app()
                    .get("/api/v1/threads/" + thread + "/messages")
                    .is(200)
                    .shows("/items/0/content", "slow");
            check(loop, "in flight");
        }
    }

    private static Connection owner() throws SQLException {
        DatabaseAddress address = context().getService(context().getServiceReference(DatabaseAddress.class));
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        return source.getConnection(address.owner().user(), address.owner().password());
    }

    @Test
    public void step07EachBundleStopsAndStarts() throws Exception {
        try (RequestLoop loop = callers.loop()) {
            for (String name : Callers.BUNDLES) {
                loop.swapped(Callers.dependents(name));
                swaps.stop(name);
                Thread.sleep(200);
                swaps.start(name);
                callers.awaitAll();
                loop.swapped(Set.of());
                check(loop, "stop and start of " + name);
            }
        }
    }

    @Test
    public void step08EachBundleIsReplaced() throws Exception {
        JsonNode whole = anybody().get("/api/v1/openapi.json").is(200).json();
        Leaks leaks = new Leaks(swaps);
        try (RequestLoop loop = callers.loop()) {
            for (int round = 0; round < Soak.count(2, 20); round++) {
                for (String name : Callers.BUNDLES) {
                    loop.swapped(Callers.dependents(name));
                    leaks.watch(name);
                    swaps.updateAndRefresh(name);
                    callers.awaitAll();
                    loop.swapped(Set.of());
                    check(loop, "update of " + name);
                }
                leaks.round();
                // the garbage collections that it asks for stop everybody
                loop.worst();
            }
        }
        assertEquals(whole, anybody().get("/api/v1/openapi.json").is(200).json());
        leaks.check();
    }

    @Test
    public void step09ABrokenBundleHarmsNobody() throws Exception {
        try (RequestLoop loop = callers.loop()) {
            Bundle throwing = BrokenBundles.install(context(), "org.bursar.throwing", BrokenBundles.Throwing.class);
            throwing.start();
            Answer ready = anybody().get("/health/ready").is(503);
            assertTrue(ready.text(), ready.text().contains("org.bursar.throwing"));
            throwing.uninstall();
            anybody().get("/health/ready").is(200);

            Bundle stranger = BrokenBundles.install(context(), "example.throwing", BrokenBundles.Throwing.class);
            stranger.start();
            anybody().get("/health/ready").is(200);
            stranger.uninstall();

            Bundle hanging = BrokenBundles.install(context(), "org.bursar.hanging", BrokenBundles.Hanging.class);
            Thread starter = new Thread(
                    () -> {
                        try {
                            hanging.start();
                        } catch (Exception e) {
                            // it is uninstalled while it hangs
                        }
                    },
                    "starter-of-hanging");
            starter.start();
            Callers.await(
                    () -> anybody().get("/health/ready").text().contains("org.bursar.hanging"),
                    "that ready names the hanging bundle");
            loop.swapped(Set.of("threads"));
            swaps.stop("chat-history");
            swaps.start("chat-history");
            callers.awaitServed();
            loop.swapped(Set.of());
            starter.interrupt();
            starter.join(10_000);
            assertFalse("the start ends once its component does", starter.isAlive());
            hanging.uninstall();
            anybody().get("/health/ready").is(200);
            check(loop, "broken bundles");
        }
    }

    @Test
    public void step10ConfigurationChangesFailNoRequest() throws Exception {
        String large = "{\"name\": \"" + "x".repeat(3_000) + "\"}";
        try (RequestLoop loop = callers.loop()) {
            for (int round = 0; round < Soak.count(2, 10); round++) {
                Edited rest = Edited.file("org.bursar.rest", "body.limit.bytes", "2000");
                Callers.await(
                        () -> agency().app().post("/api/v1/workspaces", large).status() == 413, "the smaller limit");
                rest.undo();
                Callers.await(
                        () -> agency().app().post("/api/v1/workspaces", large).status() == 422, "the former limit");
            }
            check(loop, "configuration");
        }
        anybody().get("/health/ready").is(200);
    }

    /** Another's page, slot and item come and go with their bundle; when they throw or hang the pages around them stand. */
    @Test
    public void step11PartsOfAnotherBundle() throws Exception {
        String token = anybody()
                .post(
                        "/api/v1/sessions",
                        "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(Platform.ADMIN, Platform.ADMIN_PASSWORD))
                .is(201)
                .at("/token");
        String tenant = agency().app().get("/api/v1/me").is(200).at("/tenant");
        Http person = anybody().with("Cookie", "session=" + token + "; acting=" + tenant);
        String billing = "/customers/" + callers.customer() + "/billing";
        assertFalse(person.get("/").is(200).text().contains("/x/loyalty"));
        String missing = person.get("/x/loyalty/points").is(404).text();
        assertTrue("the page around it stands", missing.contains("href=\"/customers\""));

        Bundle loyalty = PartBundle.install(context());
        try {
            loyalty.start();
            String home = person.get("/").is(200).text();
            assertTrue(home, home.contains("href=\"/x/loyalty/points\"") && home.contains("Loyalty &amp; more"));
            Answer page = person.get("/x/loyalty/points?word=%22%3E%3Cb%3E").is(200);
            assertTrue(page.text(), page.text().contains("Points of &lt;script&gt;alert(1)&lt;/script&gt;"));
            assertTrue(page.text(), page.text().contains("asked 200 and 200 in " + tenant));
            assertTrue(page.text(), page.text().contains("&#34;&gt;&lt;b&gt;</button>"));
            assertTrue(page.text(), page.text().contains("<h1>Loyalty points</h1>"));
            assertEquals(
                    person.get("/customers").is(200).header("Content-Security-Policy"),
                    page.header("Content-Security-Policy"));
            person.post("/x/loyalty/points", "application/x-www-form-urlencoded", "word=x")
                    .is(403);
            String slot = person.get(billing).is(200).text().replaceAll("(?s).*hx-get=\"(/slots/\\d+)\\?.*", "$1");
            String corner =
                    person.get(slot + "?customer=" + callers.customer()).is(200).text();
            assertTrue(corner, corner.contains("the points of " + callers.customer()));
            person.get(slot + "?customer=cus_01h2xcejqtf2nbrexx3vqjhp41").is(404);

            String tab = "/customers/" + callers.customer() + "/x/points";
            String tabs = person.get(billing).is(200).text();
            assertTrue(tabs, tabs.contains("href=\"" + tab + "\"") && tabs.contains("&lt;Points&gt;</a>"));
            String open = person.get(tab).is(200).text();
            assertTrue(
                    open, open.contains("the tab of " + callers.customer()) && open.contains("aria-current=\"page\""));
            person.get("/customers/cus_01h2xcejqtf2nbrexx3vqjhp41/x/points").is(404);

            stands(person, "/x/loyalty/points", "throw");
            stands(person, "/x/loyalty/points", "hang");
            stands(person, tab, "throw");
            stands(person, tab, "hang");
            List<CompletableFuture<Void>> deaf = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                deaf.add(CompletableFuture.runAsync(() -> stands(person, "/x/loyalty/points", "deaf")));
            }
            person.get("/customers").is(200);
            for (CompletableFuture<Void> each : deaf) {
                each.get(20, TimeUnit.SECONDS);
            }
            assertTrue(
                    "while its drawings hang it is not asked",
                    person.get("/x/loyalty/points").is(503).text().contains("not available at the moment"));
            Callers.await(() -> person.get("/x/loyalty/points").status() == 200, "that it draws again");

            loyalty.stop();
            assertFalse(person.get("/").is(200).text().contains("/x/loyalty"));
            person.get("/x/loyalty/points").is(404);
            String gone = person.get(tab).is(404).text();
            assertTrue("the customer around it stands", gone.contains("href=\"" + billing + "\""));
            assertFalse(gone.contains(tab + "\""));
            person.get(slot + "?customer=" + callers.customer()).is(404);
            assertFalse(person.get(billing).is(200).text().contains("/slots/"));
        } finally {
            loyalty.uninstall();
        }
    }

    private static void stands(Http person, String path, String how) {
        long start = System.nanoTime();
        String text = person.get(path + "?do=" + how).is(503).text();
        assertTrue(text, text.contains("not available at the moment") && text.contains("href=\"/customers\""));
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertTrue(how + " took " + seconds + " s", seconds < 10);
    }

    /** Nothing elsewhere failed, and nothing elsewhere was slower than the bound beyond what this machine does by itself. */
    private static void check(RequestLoop loop, String what) {
        Duration worst = loop.worst();
        System.out.println("swap " + what + ": worst elsewhere " + worst.toMillis() + " ms, " + loop.slowest() + "; "
                + loop.requests() + " requests, failed " + loop.failures());
        long asked = loop.further();
        Scorecard.add(Figure.SWAP_FAILURES, asked, loop.failed());
        assertEquals(what + ": " + loop.failures(), 0, loop.failed());
        if (undisturbed != null) {
            Scorecard.worst(Figure.SWAP_DELAY, asked, worst);
            Duration bound = Duration.ofMillis(300).plus(undisturbed.multipliedBy(2));
            assertTrue(
                    what + ": " + loop.slowest() + " took " + worst.toMillis() + " ms, more than " + bound.toMillis(),
                    worst.compareTo(bound) <= 0);
        }
        assertNotEquals("the callers ask all the time", 0, loop.requests());
    }
}

package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.bursar.itests.GatewayMaker.Made;
import org.bursar.itests.Http.Answer;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.FixMethodOrder;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TestWatcher;
import org.junit.runner.Description;
import org.junit.runners.MethodSorters;

/**
 * Gateways as jars in a folder, made while the test runs: what is not approved does not run, what is swapped loses no purchase, and
 * what is hostile harms nobody else's.
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class GatewaysIT {
    private static final List<String> FAILED = new ArrayList<>();
    /** Goes on whoever interrupts it. */
    private static final String HANG =
            "while (true) { try { Thread.sleep(100_000); } catch (InterruptedException e) { } }";

    private static Platform platform;
    private static FakeProvider provider;
    private static GatewayMaker maker;
    private static GatewayShop shop;
    private static Agency agency;
    private static String customer;
    private static Made first;
    private static Made second;

    @Rule
    public final TestWatcher watcher = new TestWatcher() {
        @Override
        protected void failed(Throwable e, Description description) {
            FAILED.add(description.getMethodName());
        }
    };

    @BeforeClass
    public static void start() throws Exception {
        platform = Platform.withAdmin("gateways").start();
        provider = new FakeProvider();
        maker = new GatewayMaker(platform, platform.data().resolveSibling("made"));
        shop = new GatewayShop(platform);
        agency = Agency.made(platform.admin(), "westlake");
        customer = agency.customer("Acme", "0");
        first = maker.good("fake", "1.0.0");
        second = maker.good("fake", "2.0.0");
    }

    @AfterClass
    public static void leaveNothingRunning() throws Exception {
        if (provider != null) {
            provider.close();
        }
        platform.close();
    }

    @Before
    public void goOnOnlyAfterSuccess() {
        assumeTrue("an earlier step failed", FAILED.isEmpty());
    }

    @Test
    public void step01AJarWaitsUntilItsDigestIsApproved() throws Exception {
        shop.drop(first);
        JsonNode row = shop.await(first, "waiting");
        assertEquals("example.fake", row.path("bundle").asText());
        assertEquals("1.0.0", row.path("version").asText());
        assertEquals("[1.0,2)", row.path("apiRange").asText());
        assertTrue(row.toString(), row.path("signer").isNull());
        assertTrue(row.toString(), row.path("reason").asText().contains("gateway:approve"));
        agency.app().get("/api/v1/gateways/fake").is(404);
        String path = "/api/v1/gateways/" + first.digest();
        agency.app().post(path + "/approve", "").refuses(403, "forbidden");
        shop.admin().post(path + "/update", "").refuses(409, "gateway_not_approved");
        shop.admin().post("/api/v1/gateways/" + "0".repeat(64) + "/approve", "").refuses(404, "not_found");

        shop.approve(first).is(200).shows("/state", "active").shows("/id", "fake");
        GatewayShop.configure(agency, "fake", provider, "alpha-secret");
        agency.purchase(customer, "fake", UUID.randomUUID().toString()).is(201);
        assertEquals("purchases that do not end", 0, shop.finish("fake"));
        shop.balanced(agency, customer);
        assertTrue(platform.command("gateway:list").text().contains(first.digest()));
        assertEquals(
                List.of("1"),
                platform.query(
                        "select count(*) from identity.audit_entry where action = 'gateway.approve' and subject = '"
                                + first.digest() + "'"));
    }

    @Test
    public void step02AChangedFileDoesNotRunAndTheApprovedOneGoesOn() throws Exception {
        shop.drop(second, shop.file(first));
        assertTrue(shop.await(second, "waiting").path("reason").asText().contains("1.0.0 runs"));
        assertTrue(shop.await(first, "active").path("reason").asText().contains("replaced"));
        assertEquals("stopped in good order", 0, platform.stop());
        platform.start();
        shop.await(first, "active");
        shop.await(second, "waiting");
        agency.purchase(customer, "fake", UUID.randomUUID().toString()).is(201).shows("/status", "awaiting_payment");
        shop.drop(first);
        Callers.await(() -> shop.row(second.digest()) == null, "the other one gone");
        shop.await(first, "active");
    }

    @Test
    public void step03WhatMayBeNoGatewayIsRefusedAndSaysWhy() throws Exception {
        Map<String, Map<String, String>> wrong = new LinkedHashMap<>();
        String spi = "org.bursar.payments.spi;version=\"[1.0,2)\",org.osgi.framework";
        wrong.put("exports nothing", Map.of("Export-Package", "org.bursar.credits"));
        wrong.put("fragment", Map.of("Fragment-Host", "org.bursar.credits"));
        wrong.put("one of the platform's own", Map.of("Bundle-SymbolicName", "org.bursar.payments-bank-deposit"));
        wrong.put("com.fasterxml.jackson.databind", Map.of("Import-Package", spi + ",com.fasterxml.jackson.databind"));
        wrong.put("org.bursar.credits", Map.of("DynamicImport-Package", "org.bursar.credits"));
        wrong.put("requires the bundle", Map.of("Require-Bundle", "org.bursar.credits"));
        wrong.put("[2.0,3)", Map.of("Import-Package", "org.bursar.payments.spi;version=\"[2.0,3)\""));
        wrong.put("no gateway", Map.of("Import-Package", "org.osgi.framework"));
        wrong.put("Bundle-ManifestVersion", Map.of("Bundle-ManifestVersion", ""));
        Map<String, Made> jars = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, String>> one : wrong.entrySet()) {
            Made made = maker.withHeaders("wrong" + jars.size(), one.getValue());
            shop.drop(made);
            jars.put(one.getKey(), made);
        }
        for (Map.Entry<String, Made> one : jars.entrySet()) {
            String reason = shop.await(one.getValue(), "refused").path("reason").asText();
            assertTrue(reason, reason.contains(one.getKey()));
            shop.approve(one.getValue()).refuses(409, "gateway_refused");
            Files.delete(shop.file(one.getValue()));
        }
        halfAndHuge();
        Made needy = maker.withHeaders("needy", Map.of("Import-Package", spi + ",org.osgi.service.nothing"));
        shop.offered(needy);
        String missing =
                shop.approve(needy).is(200).shows("/state", "unresolved").at("/reason");
        assertTrue(missing, missing.contains("org.osgi.service.nothing"));
        assertTrue(missing, missing.contains("no bundle exports"));
        shop.remove(needy);
    }

    private static void halfAndHuge() throws Exception {
        byte[] whole = Files.readAllBytes(second.file());
        Path half = shop.file(second).resolveSibling("half.jar");
        Files.write(half, java.util.Arrays.copyOf(whole, whole.length / 2));
        Callers.await(() -> refusal("half.jar").contains("is it whole"), "half of a jar refused");
        Files.write(
                half, java.util.Arrays.copyOfRange(whole, whole.length / 2, whole.length), StandardOpenOption.APPEND);
        shop.await(second, "waiting");
        Files.delete(half);
        Path huge = half.resolveSibling("huge.jar");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(1L << 36);
        }
        Callers.await(() -> refusal("huge.jar").contains("larger than"), "64 GiB refused");
        Files.delete(huge);
    }

    private static String refusal(String file) {
        for (JsonNode row : shop.admin().get("/api/v1/gateways").is(200).json().path("items")) {
            if (row.path("file").asText().equals(file)
                    && row.path("state").asText().equals("refused")) {
                return row.path("reason").asText();
            }
        }
        return "";
    }

    @Test
    public void step04TheGatewayIsSwappedWhileCustomersBuyAndEventsGoAstray() throws Exception {
        shop.offered(second);
        shop.approve(second).is(200).shows("/state", "active");
        new SwapUnderLoad(platform, shop, agency, provider, customer).run(first, second);
    }

    @Test
    public void step05AHostileGatewayHarmsNobodyElse() throws Exception {
        Path configuration = platform.configuration("org.bursar.gateways");
        Files.writeString(configuration, "start.seconds = 3\ndrain.seconds = 2\n", StandardOpenOption.APPEND);
        Path calls = platform.configuration("org.bursar.purchases");
        String usual = Files.readString(calls);
        Files.writeString(calls, "\ncall.seconds = 3\n", StandardOpenOption.APPEND);
        Thread.sleep(1_500);
        int before = unpaid();
        try (GatewayShop.Stream others = shop.new Stream(agency, List.of(customer), "fake", 2, 5)) {
            inQuarantine("hangs", "start", "if (true) " + HANG, "has not started within 3 s");
            inQuarantine(
                    "errs", "start", "if (true) throw new StackOverflowError(\"on purpose\");", "StackOverflowError");
            inQuarantine("unlinked", "descriptor", "if (true) throw new NoClassDefFoundError(\"gone\");", "gone");
            inQuarantine("silent", "start", "if (true) return;", "registered no gateway");
            inQuarantine(
                    "impostor",
                    "start",
                    "if (true) { context.registerService(PaymentGateway.class, this,"
                            + " new Hashtable<>(Map.of(PaymentGateway.ID_PROPERTY, \"bank-deposit\"))); return; }",
                    "bank-deposit");
            unknown("null", "if (true) return null;");
            unknown("throws", "if (true) throw new LinkageError(\"on purpose\");");
            unknown(
                    "huge",
                    "if (true) return CheckoutStart.redirect(PaymentRef.of(\"payment\", \"x\"),"
                            + " URI.create(\"http://127.0.0.1/\" + \"x\".repeat(20_000_000)), c.clock().instant());");
            unknown(
                    "nonsense",
                    "if (true) return CheckoutStart.redirect(PaymentRef.of(\"payment\", \"x\"),"
                            + " URI.create(\"http://127.0.0.1/x\"), Instant.MIN);");
            unknown(
                    "threads",
                    "if (true) { for (int i = 0; i < 100; i++) { new Thread(() -> { " + HANG
                            + " }).start(); } throw new GatewayException(GatewayException.Kind.OUTCOME_UNKNOWN, \"\"); }");
            unknown("stuck", "if (true) " + HANG);
            assertEquals(List.of(), others.failures());
            Scorecard.add(
                    Figure.GATEWAY_HOSTILE, others.count(), others.failures().size());
            others.awaitMore(5);
        }
        Files.writeString(calls, usual);
        assertEquals("purchases of the good gateway that wait for their checkout", before, unpaid());
        platform.anybody().get("/health/ready").is(200);
    }

    /** Purchases of the good gateway whose checkout is not known, but for those whose answer the provider has lost. */
    private static int unpaid() throws Exception {
        assertEquals(0, shop.finish("fake"));
        return Integer.parseInt(platform.query(
                        "select count(*) from purchases.purchase where gateway_id = 'fake'" + " and state = 'CREATED'")
                .get(0));
    }

    private static void inQuarantine(String id, String place, String lines, String why) throws Exception {
        Made made = shop.offered(maker.wicked(id, place, lines));
        String reason =
                shop.approve(made).is(200).shows("/state", "quarantined").at("/reason");
        assertTrue(reason, reason.contains(why));
        Files.delete(shop.file(made));
    }

    /** It runs, and what its calls come to is not known. */
    private static void unknown(String id, String lines) throws Exception {
        Made made = shop.offered(maker.wicked(id, "call", lines));
        shop.approve(made).is(200).shows("/state", "active");
        GatewayShop.configure(agency, id, provider, "alpha-secret");
        agency.purchase(customer, id, UUID.randomUUID().toString())
                .is(201)
                .shows("/status", "created")
                .shows("/next/type", "wait");
        Files.delete(shop.file(made));
    }

    @Test
    public void step06AGatewaySeesNoSecretsOfAnotherTenant() throws Exception {
        Agency other = Agency.made(platform.admin(), "northbeam");
        String buyer = other.customer("Nord", "0");
        Made spy = shop.offered(maker.wicked("spy", "call", """
                if (true) {
                    StringBuilder loot = new StringBuilder();
                    KEPT.add(c);
                    for (GatewayContext kept : KEPT) {
                        for (String name : List.of("key", "../key", KEPT.get(0).tenantId() + "/key", "fake/key", "%")) {
                            try {
                                loot.append(kept.secret(name)).append('.');
                            } catch (RuntimeException e) {
                                loot.append("-.");
                            }
                        }
                    }
                    return CheckoutStart.redirect(PaymentRef.of("payment", "p" + KEPT.size()),
                            URI.create("http://127.0.0.1/" + loot), c.clock().instant().plusSeconds(60));
                }"""));
        shop.approve(spy).is(200).shows("/state", "active");
        GatewayShop.configure(agency, "spy", provider, "alpha-secret");
        GatewayShop.configure(other, "spy", provider, "beta-secret");
        String own = agency.purchase(customer, "spy", UUID.randomUUID().toString())
                .is(201)
                .at("/next/url");
        assertTrue("it sees the secret of its own call: " + own, own.contains("alpha-secret"));
        String loot = other.purchase(buyer, "spy", UUID.randomUUID().toString())
                .is(201)
                .at("/next/url");
        assertTrue(loot, loot.contains("beta-secret"));
        assertFalse("what another tenant's call was given: " + loot, loot.contains("alpha-secret"));
        shop.remove(spy);
    }

    @Test
    public void step07NeitherOneThatEndsTheJvmNorOneThatHungIsStartedAgain() throws Exception {
        Path starts = platform.data().resolveSibling("starts");
        Made hung = shop.offered(maker.wicked("hung", "start", """
                try (FileWriter starts = new FileWriter("%s", true)) {
                    starts.write('x');
                }
                if (true) %s""".formatted(starts, HANG)));
        shop.approve(hung).is(200).shows("/state", "quarantined");
        Made exits = shop.offered(maker.wicked("exits", "start", "Runtime.getRuntime().halt(3);"));
        CompletableFuture<Void> approval = CompletableFuture.runAsync(() -> {
            try {
                shop.approve(exits);
            } catch (RuntimeException e) {
                // nobody is left to answer
            }
        });
        assertTrue("it ends the platform", platform.process().waitFor(60, java.util.concurrent.TimeUnit.SECONDS));
        approval.join();
        platform.with("BURSAR_GATEWAYS", "auto").start();
        String reason = shop.await(exits, "quarantined").path("reason").asText();
        assertTrue(reason, reason.contains("the platform ended while it was being started"));
        assertTrue(platform.anybody().get("/health/ready").is(200).text().contains("gateway:list says why"));
        reason = shop.await(hung, "quarantined").path("reason").asText();
        assertTrue(reason, reason.contains("has not started within 3 s"));
        shop.await(first, "approved");
        shop.await(second, "active");
        agency.purchase(customer, "fake", UUID.randomUUID().toString()).is(201);
        assertEquals("starts of the one that hung", "x", Files.readString(starts));
        shop.approve(hung).is(200).shows("/state", "quarantined");
        assertEquals("starts of it once somebody asked for another", "xx", Files.readString(starts));
        shop.remove(hung);
        shop.remove(exits);
    }

    @Test
    public void step08WithAutoAJarRunsAtOnceAndGoesWithItsFile() throws Exception {
        Duration worst = Duration.ZERO;
        int times = Soak.count(3, 10);
        for (int i = 0; i < times; i++) {
            Made quick = maker.good("quick" + i, "1.0.0");
            long began = System.nanoTime();
            shop.drop(quick);
            shop.await(quick, "active");
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            worst = took.compareTo(worst) > 0 ? took : worst;
            agency.app().get("/api/v1/gateways/quick" + i).is(200);
            shop.remove(quick);
            String path = "/api/v1/gateways/quick" + i;
            // its file is gone first, and it once its calls have ended
            Callers.await(() -> agency.app().get(path).status() == 404, "no trace of it");
        }
        System.out.println("gateway from drop to active: worst " + worst.toMillis() + " ms of " + times);
        Scorecard.worst(Figure.GATEWAY_ACTIVE, times, worst);
        assertTrue("from drop to active " + worst, worst.compareTo(Duration.ofSeconds(5)) < 0);
        shop.remove(first);
        shop.remove(second);
        agency.purchase(customer, "fake", UUID.randomUUID().toString()).refuses(409, "gateway_unavailable");
        Callers.await(
                () -> agency.app()
                        .get("/api/v1/gateways/fake")
                        .is(200)
                        .at("/state")
                        .equals("absent"),
                "absence");
        assertNull(shop.row(first.digest()));
        Answer rest = shop.admin().get("/api/v1/gateways").is(200);
        assertTrue(rest.text(), rest.text().contains("bank-deposit"));
        assertFalse(rest.text(), rest.text().contains("example."));
    }

    @Test
    public void step09StripeSellsRefundsAndIsDisputed() throws Exception {
        new StripeStory(platform, shop, agency).tell();
    }
}

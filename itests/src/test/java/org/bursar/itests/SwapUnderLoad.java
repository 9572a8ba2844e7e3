package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bursar.itests.GatewayMaker.Made;

/**
 * About fifty purchases a second, each with events that come late, twice, out of order, forged or never, through a gateway that is
 * swapped and a platform that is killed. Each ends, and is credited once.
 */
final class SwapUnderLoad {
    private static final int CUSTOMERS = 8;
    private static final int BUYERS = 8;
    private static final int A_SECOND = 50;

    private final Platform platform;
    private final GatewayShop shop;
    private final Agency agency;
    private final FakeProvider provider;
    private final String customer;

    SwapUnderLoad(Platform platform, GatewayShop shop, Agency agency, FakeProvider provider, String customer) {
        this.platform = platform;
        this.shop = shop;
        this.agency = agency;
        this.provider = provider;
        this.customer = customer;
    }

    /** Swaps between two versions, of which the second runs. */
    void run(Made first, Made second) throws Exception {
        String components = components();
        int swaps = Soak.count(2, 20);
        int kills = Soak.count(1, 2);
        long before = shop.number("select count(*) from purchases.purchase where gateway_id = 'fake'");
        List<String> customers = new ArrayList<>(List.of(customer));
        for (int i = 1; i < CUSTOMERS; i++) {
            customers.add(agency.customer("Buyer " + i, "0"));
        }
        Callers callers = Callers.prepared(platform.anybody());
        Duration worst = Duration.ZERO;
        FakeEvents events = shop.events(agency, "fake", provider);
        GatewayShop.Stream stream = shop.new Stream(agency, customers, "fake", BUYERS, A_SECOND);
        try (events) {
            try (stream) {
                boolean overloaded = overloaded(callers, stream, events);
                try (RequestLoop loop = callers.loop().calmly()) {
                    for (int i = 0; i < swaps; i++) {
                        Duration took = swap(i % 2 == 0 ? first : second, stream);
                        worst = took.compareTo(worst) > 0 ? took : worst;
                    }
                    if (!overloaded) {
                        Scorecard.add(Figure.SWAP_FAILURES, loop.further(), loop.failed());
                        assertEquals("requests elsewhere failed: " + loop.failures(), 0, loop.failed());
                        assertTrue("webhooks are refused while the gateway is away: " + events, taken(events));
                    }
                }
                assertEquals(
                        "components were made anew",
                        components,
                        platform.command("scr:list").text());
                leaveNoClassLoader(swaps);
                System.out.println("gateway purchases a second, until the kills: " + stream.perSecond());
                for (int i = 0; i < kills; i++) {
                    stream.awaitMore(A_SECOND);
                    platform.kill();
                    platform.start();
                    stream.awaitMore(A_SECOND);
                }
            }
            assertEquals("customers were refused", List.of(), stream.failures());
            Callers.await(() -> provider.unpaid() == 0 && events.underWay() == 0, "the last payer and event");
            provider.tells(null);
        }
        Scorecard.add(Figure.GATEWAY_SWAPS, swaps, swaps);
        Scorecard.add(Figure.JVM_KILLS, kills, kills);
        Scorecard.worst(Figure.GATEWAY_SWAP_TIME, swaps, worst);
        settled(customers, before, stream, events);
        System.out.println("gateway swaps: " + swaps + ", worst " + worst.toMillis() + " ms, " + kills + " kills");
        assertTrue("a swap took " + worst, worst.compareTo(Duration.ofSeconds(5)) < 0);
    }

    /** Each purchase has ended and was credited once, each webhook was read, and nothing that the provider did not sign counted. */
    private void settled(List<String> customers, long before, GatewayShop.Stream stream, FakeEvents events)
            throws Exception {
        long open = shop.number(
                "select count(*) from purchases.purchase where gateway_id = 'fake' and state <> 'APPROVED'");
        long left = shop.finish("fake");
        long unread = shop.readAll("fake");
        long wrong = shop.wronglyCredited("fake");
        System.out.println("gateway purchases: " + stream.count() + ", " + stream.refused() + " sent again, " + open
                + " left to be looked for, " + left + " without an end, " + wrong + " wrong; " + events + ", " + unread
                + " unread");
        Scorecard.add(Figure.GATEWAY_UNFINISHED, stream.count(), left);
        Scorecard.add(Figure.GATEWAY_CREDITS, stream.count(), wrong);
        Scorecard.add(Figure.GATEWAY_UNREAD, events.taken(), unread);
        assertEquals("purchases that do not end", 0, left);
        assertEquals("purchases without exactly one credit", 0, wrong);
        assertEquals("webhooks that nobody reads", 0, unread);
        assertEquals(
                "what somebody else signed was taken for the provider's",
                0,
                shop.number("select count(*) from purchases.inbox where event_id like 'evt_f%'"));
        assertTrue("nothing was forged: " + events, events.toForgeries().getOrDefault(400, 0L) > 0);
        long all = before + stream.count();
        assertEquals(all, shop.number("select count(*) from purchases.purchase where gateway_id = 'fake'"));
        for (String buyer : customers) {
            shop.balanced(agency, buyer);
        }
        provider.purchases().forEach((purchase, payments) -> assertEquals(purchase, 1L, (long) payments));
    }

    /** While the platform runs, whatever the gateway does, webhooks are read or kept. */
    private static boolean taken(FakeEvents events) {
        return FakeEvents.TAKEN.containsAll(events.answers().keySet());
    }

    /**
     * The control: what fails elsewhere while customers buy and nothing is swapped. On a machine that has so much else to do that
     * requests are refused anyhow, failures tell nothing of swaps.
     */
    private boolean overloaded(Callers callers, GatewayShop.Stream stream, FakeEvents events) throws Exception {
        try (RequestLoop warm = callers.loop().calmly()) {
            // the platform has just been started, and its first requests are slow
            stream.awaitMore(20);
            assertTrue("the callers ask all the time", warm.requests() > 0);
        }
        try (RequestLoop control = callers.loop().calmly()) {
            Thread.sleep(3_000);
            boolean overloaded = control.failed() > 0 || !taken(events);
            System.out.println("gateway control: failed " + control.failures() + ", " + events);
            return overloaded;
        }
    }

    /** Until the other version is the one that runs; the wait for calls under way is part of it. */
    private Duration swap(Made made, GatewayShop.Stream stream) throws Exception {
        stream.awaitMore(10);
        long began = System.nanoTime();
        shop.update(made).is(200).shows("/state", "active").shows("/version", made.version());
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        agency.app().get("/api/v1/gateways/fake").is(200).shows("/version", made.version());
        return took;
    }

    /** The components that there are, by number: one that was made anew has another. */
    private String components() throws Exception {
        // a component whose service nobody holds at the moment is satisfied, not active
        return platform.command("scr:list")
                .text()
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("\\b(active|satisfied)\\b", "")
                .replaceAll("[ \\t]+", " ");
    }

    /** The version that runs is the only one that has a class loader. */
    private void leaveNoClassLoader(int swaps) throws Exception {
        long[] loaders = {swaps};
        try {
            Callers.await(() -> (loaders[0] = classLoaders()) == 1, "the class loaders of former versions gone");
        } finally {
            System.out.println("gateway class loaders after " + swaps + " swaps: " + loaders[0]);
            Scorecard.add(Figure.GATEWAY_LOADERS, swaps, Math.max(0, loaders[0] - 1));
        }
    }

    /** How many class loaders of the gateway there are, after a garbage collection: each has one mark. */
    private long classLoaders() throws Exception {
        return platform.run(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(platform.jvm().pid()),
                        "GC.class_histogram"))
                .text()
                .lines()
                .filter(line -> line.contains("example.fake.Fake$Mark"))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
                .sum();
    }
}

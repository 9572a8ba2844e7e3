package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bursar.itests.GatewayMaker.Made;

/**
 * Fifty purchases a second are offered, each with events that come late, twice, out of order, forged or never, through a gateway that
 * is swapped and a platform that is killed. Each that is begun ends, and is credited once. How many were made a second, with the
 * swaps and without them, is printed and no more: platform, PostgreSQL, provider and callers share the machine with whatever else it
 * does.
 */
final class SwapUnderLoad {
    private static final int CUSTOMERS = 8;
    /**
     * With the senders of events, the looks and the callers beside they are 26, and 28 may have or await one of the platform's usual
     * connections: more of them would have requests refused elsewhere that no swap has touched.
     */
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
                    Pace pace = new Pace(stream);
                    for (int i = 0; i < swaps; i++) {
                        Duration took = swap(i % 2 == 0 ? first : second, stream, pace);
                        worst = took.compareTo(worst) > 0 ? took : worst;
                    }
                    stream.awaitMore(A_SECOND);
                    System.out.println("gateway purchases: " + pace + "; " + loop.requests() + " requests beside");
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
    private Duration swap(Made made, GatewayShop.Stream stream, Pace pace) throws Exception {
        stream.awaitMore(A_SECOND);
        Duration took = pace.ofSwap(
                () -> shop.update(made).is(200).shows("/state", "active").shows("/version", made.version()));
        agency.app().get("/api/v1/gateways/fake").is(200).shows("/version", made.version());
        return took;
    }

    /** The components that there are, by number: one that was made anew has another. */
    private String components() throws Exception {
        // a component whose service nobody holds at the moment is satisfied, not active
        return platform.command("scr:list")
                .text()
                .toLowerCase(Locale.ROOT)
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

    /** How many were bought a second, with the swaps and without them. Nothing depends on it: the machine may have other work. */
    private static final class Pace {
        private final GatewayShop.Stream stream;
        private final int first;
        private final int leftBefore;
        private final long began = System.nanoTime();
        private long swapNanos;
        private int boughtInSwaps;

        Pace(GatewayShop.Stream stream) {
            this.stream = stream;
            this.first = stream.count();
            this.leftBefore = stream.left();
        }

        /** How long a swap takes. */
        Duration ofSwap(Runnable swap) {
            int before = stream.count();
            long start = System.nanoTime();
            swap.run();
            long took = System.nanoTime() - start;
            swapNanos += took;
            boughtInSwaps += stream.count() - before;
            return Duration.ofNanos(took);
        }

        @Override
        public String toString() {
            int bought = stream.count() - first;
            long nanos = System.nanoTime() - began;
            return String.format(
                    Locale.ROOT,
                    "%d a second were offered, %.1f bought, outside swaps %.1f, in swaps %.1f; %d customers left",
                    A_SECOND,
                    perSecond(bought, nanos),
                    perSecond(bought - boughtInSwaps, nanos - swapNanos),
                    perSecond(boughtInSwaps, swapNanos),
                    stream.left() - leftBefore);
        }

        private static double perSecond(int bought, long nanos) {
            return bought * 1e9 / nanos;
        }
    }
}

package org.bursar.itests;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bursar.itests.GatewayMaker.Made;
import org.bursar.itests.Http.Answer;

/** What tests of gateways that come as jars need: the folder, approvals, and customers who buy without a pause. */
final class GatewayShop {
    private final Platform platform;
    private final Http admin;

    GatewayShop(Platform platform) {
        this.platform = platform;
        this.admin = platform.admin();
    }

    Http admin() {
        return admin;
    }

    Path file(Made made) {
        return platform.data().resolve("gateways").resolve(made.id() + "-" + made.version() + ".jar");
    }

    /** Moves it in, as a careful operator does. */
    Path drop(Made made) throws Exception {
        return drop(made, file(made));
    }

    Path drop(Made made, Path to) throws Exception {
        Path part = to.resolveSibling("." + to.getFileName() + ".part");
        Files.copy(made.file(), part, StandardCopyOption.REPLACE_EXISTING);
        return Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void remove(Made made) throws Exception {
        Files.deleteIfExists(file(made));
        Callers.await(() -> row(made.digest()) == null, made.id() + " gone");
    }

    /** The row of a digest in the list of the platform's admins; null when there is none. */
    JsonNode row(String digest) {
        for (JsonNode row :
                admin.get("/api/v1/gateways?limit=200").is(200).json().path("items")) {
            if (row.path("digest").asText().equals(digest)) {
                return row;
            }
        }
        return null;
    }

    /** Waits for a state, and gives the row. */
    JsonNode await(Made made, String state) throws Exception {
        JsonNode[] last = new JsonNode[1];
        try {
            Callers.await(
                    () -> {
                        last[0] = row(made.digest());
                        return last[0] != null && last[0].path("state").asText().equals(state);
                    },
                    made.id() + ' ' + made.version() + " to be " + state);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", but it is " + last[0], e);
        }
        return last[0];
    }

    /** Drops a jar and waits until it is offered for approval. */
    Made offered(Made made) throws Exception {
        drop(made);
        await(made, "waiting");
        return made;
    }

    Answer approve(Made made) {
        return admin.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/v1/gateways/" + made.digest() + "/approve", "");
    }

    Answer update(Made made) {
        return admin.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/v1/gateways/" + made.digest() + "/update", "");
    }

    /** Has the provider send signed events from now on, to the address that the platform shows. */
    FakeEvents events(Agency agency, String gateway, FakeProvider provider) {
        configure(agency, gateway, provider, "alpha-secret", "signing-secret");
        String url = agency.app().get("/api/v1/gateways/" + gateway).is(200).at("/webhook/url");
        FakeEvents events =
                new FakeEvents(platform.address().resolve(URI.create(url).getPath()), "signing-secret");
        provider.tells(events);
        return events;
    }

    /** An agency's settings for one. */
    static void configure(Agency agency, String gateway, FakeProvider provider, String key) {
        configure(agency, gateway, provider, key, "");
    }

    private static void configure(Agency agency, String gateway, FakeProvider provider, String key, String signing) {
        agency.app()
                .put(
                        "/api/v1/gateways/" + gateway + "/settings",
                        "{\"base\": \"%s\", \"key\": \"%s\", \"signing\": \"%s\"}"
                                .formatted(provider.address(), key, signing))
                .is(200);
    }

    /**
     * Has every purchase that is under way looked at, for which the platform would take its time, until none is left.
     *
     * @return how many are left after a minute and a half, or in a soak after ten
     */
    long finish(String gateway) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Soak.count(90, 600));
        long left = unfinished(gateway);
        while (left > 0 && System.nanoTime() < end) {
            platform.query("update purchases.purchase set next_look_at = created_at where dirty and approved_at is null"
                    + " and gateway_id = '" + gateway + "'");
            atOnce("purchase-reconciliation");
            Thread.sleep(300);
            left = unfinished(gateway);
        }
        return left;
    }

    /** Has a job run that would take its time. */
    void atOnce(String job) throws Exception {
        platform.query("update jobs.scheduled_tasks set execution_time = now() where not picked"
                + " and task_instance = '" + job + "'");
    }

    /** Has every webhook read that was kept while its gateway was away, and gives how many are not read after a minute. */
    long readAll(String gateway) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        long left = unread(gateway);
        while (left > 0 && System.nanoTime() < end) {
            platform.query("update purchases.inbox set next_try_at = received_at where next_try_at is not null");
            atOnce("webhook-reading");
            Thread.sleep(300);
            left = unread(gateway);
        }
        return left;
    }

    private long unread(String gateway) throws Exception {
        return number("select count(*) from purchases.inbox where next_try_at is not null and gateway_id = '" + gateway
                + "'");
    }

    /** The one number that a query gives. */
    long number(String sql) throws Exception {
        return Long.parseLong(platform.query(sql).get(0));
    }

    private long unfinished(String gateway) throws Exception {
        return number(
                "select count(*) from purchases.purchase where gateway_id = '" + gateway + "' and state <> 'APPROVED'");
    }

    /** How many purchases of a gateway there are that were not credited exactly once. */
    long wronglyCredited(String gateway) throws Exception {
        return number("select count(*) from purchases.purchase where gateway_id = '" + gateway
                + "' and (credited <> credits or credit_step <> 1)");
    }

    /** The customer has what was bought, to the cent. */
    void balanced(Agency agency, String customer) throws Exception {
        long bought = 0;
        String path = "/api/v1/purchases?limit=200&status=approved&customer=" + customer;
        String next = "";
        do {
            JsonNode page = agency.app().get(path + next).is(200).json();
            bought += page.path("items").size();
            next = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asText();
        } while (!next.isEmpty());
        assertEquals(
                customer,
                0,
                new BigDecimal(agency.wallet(customer).is(200).at("/balance"))
                        .compareTo(new BigDecimal("500.00").multiply(BigDecimal.valueOf(bought))));
    }

    /**
     * Customers who come to buy at an even pace, whether or not those before them have been served. What is refused or broken off is
     * sent again, with the same key. There are so many people to send for them; who has waited for a second and a half before anybody
     * could send leaves again, which is counted.
     */
    final class Stream implements AutoCloseable {
        /** Refused while the gateway is replaced, or broken off: after that it is sent again. */
        private static final long PAUSE_MILLIS = 200;

        private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

        private final ExecutorService buyers;
        private final Queue<String> bought = new ConcurrentLinkedQueue<>();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger refused = new AtomicInteger();
        private final AtomicInteger left = new AtomicInteger();
        private final Agency agency;
        private final List<String> customers;
        private final String gateway;
        private final long pauseNanos;
        private final AtomicLong next = new AtomicLong(System.nanoTime());
        private volatile boolean open = true;

        Stream(Agency agency, List<String> customers, String gateway, int buyers, int perSecond) {
            this.agency = agency;
            this.customers = customers;
            this.gateway = gateway;
            this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
            this.buyers = Executors.newFixedThreadPool(buyers);
            for (int i = 0; i < buyers; i++) {
                this.buyers.execute(this::buy);
            }
        }

        private void buy() {
            while (open) {
                String key = UUID.randomUUID().toString();
                try {
                    awaitTurn();
                    String customer = customers.get(ThreadLocalRandom.current().nextInt(customers.size()));
                    while (!once(customer, key)) {
                        Thread.sleep(PAUSE_MILLIS);
                    }
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException | AssertionError e) {
                    failures.add(e.toString());
                }
            }
        }

        /** Waits until the next customer comes, passing over those who have left. */
        private void awaitTurn() throws InterruptedException {
            long wait = next.getAndAdd(pauseNanos) - System.nanoTime();
            while (wait < -PATIENCE_NANOS) {
                left.incrementAndGet();
                wait = next.getAndAdd(pauseNanos) - System.nanoTime();
            }
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
        }

        private boolean once(String customer, String key) {
            Answer answer;
            try {
                answer = agency.purchase(customer, gateway, key);
            } catch (java.io.UncheckedIOException e) {
                // the platform was killed; whether it has done it the next try tells
                return false;
            }
            if (answer.status() == 201) {
                bought.add(answer.at("/id"));
                return true;
            }
            boolean later = answer.status() == 503
                    || answer.status() == 409
                            && List.of("gateway_unavailable", "request_in_progress")
                                    .contains(answer.at("/code"));
            if (!later) {
                failures.add(answer.status() + " " + answer.text());
                return true;
            }
            refused.incrementAndGet();
            return false;
        }

        int count() {
            return bought.size();
        }

        /** Waits until so many more were bought. */
        void awaitMore(int more) throws Exception {
            int enough = count() + more;
            Callers.await(() -> count() >= enough || !failures.isEmpty(), more + " more purchases");
        }

        /** How many have come and left again, since nobody could buy for them. */
        int left() {
            return left.get();
        }

        int refused() {
            return refused.get();
        }

        List<String> failures() {
            return new ArrayList<>(failures);
        }

        List<String> bought() {
            return List.copyOf(bought);
        }

        /** Lets each finish what it does. */
        @Override
        public void close() throws InterruptedException {
            open = false;
            buyers.shutdown();
            if (!buyers.awaitTermination(60, TimeUnit.SECONDS)) {
                buyers.shutdownNow();
                failures.add("a customer waits for ever");
            }
        }
    }
}

package org.bursar.itests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The events of a provider, signed and sent to the address that the platform shows, as badly as networks do: some never arrive, some
 * arrive twice, each takes a time of its own and so overtakes others, and now and then somebody sends one that the provider did not
 * sign. What is not taken is sent again, as providers do.
 */
final class FakeEvents implements AutoCloseable {
    static final String HEADER = "Fake-Signature";
    /** Read at once, or kept to be read. */
    static final Set<Integer> TAKEN = Set.of(200, 202);

    private static final int LOST_OF_A_HUNDRED = 15;
    private static final int TWICE_OF_A_HUNDRED = 20;
    private static final int FORGED_OF_A_HUNDRED = 3;
    private static final int AT_ONCE_OF_A_HUNDRED = 30;
    private static final int LONGEST_WAY_MILLIS = 1_500;
    private static final int PAUSE_MILLIS = 2_000;
    private static final int TRIES = 60;

    private final URI endpoint;
    private final String secret;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(4);
    private final AtomicLong number = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong twice = new AtomicLong();
    private final AtomicLong forged = new AtomicLong();
    private final AtomicLong underWay = new AtomicLong();
    private final Map<Integer, AtomicLong> answers = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicLong> toForgeries = new ConcurrentHashMap<>();

    FakeEvents(URI endpoint, String secret) {
        this.endpoint = endpoint;
        this.secret = secret;
    }

    /** Something happened to a payment. */
    void tell(String type, String payment, String purchase) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String body = "evt_" + number.incrementAndGet() + ' ' + type + ' ' + payment + ' ' + purchase;
        if (random.nextInt(100) < FORGED_OF_A_HUNDRED) {
            forged.incrementAndGet();
            String other = "evt_f" + number.get() + " payment.paid " + payment + ' ' + purchase;
            send(other, signature(other, "somebody-else"), toForgeries, 0, 1);
        }
        if (random.nextInt(100) < LOST_OF_A_HUNDRED) {
            lost.incrementAndGet();
            return;
        }
        int times = random.nextInt(100) < TWICE_OF_A_HUNDRED ? 2 : 1;
        twice.addAndGet(times - 1);
        for (int i = 0; i < times; i++) {
            boolean atOnce = random.nextInt(100) < AT_ONCE_OF_A_HUNDRED;
            send(body, signature(body, secret), answers, atOnce ? 0 : random.nextInt(LONGEST_WAY_MILLIS), TRIES);
        }
    }

    private void send(String body, String signature, Map<Integer, AtomicLong> counts, long millis, int tries) {
        underWay.incrementAndGet();
        threads.schedule(
                () -> {
                    int status = status(body, signature);
                    counts.computeIfAbsent(status, key -> new AtomicLong()).incrementAndGet();
                    if (status / 100 != 2 && tries > 1) {
                        send(body, signature, counts, PAUSE_MILLIS, tries - 1);
                    }
                    underWay.decrementAndGet();
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    /** What the platform answered; 0: nothing. */
    private int status(String body, String signature) {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(20))
                .header(HEADER, signature)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static String signature(String body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** How many deliveries were answered how; 0: not at all. */
    Map<Integer, Long> answers() {
        Map<Integer, Long> counts = new TreeMap<>();
        answers.forEach((status, count) -> counts.put(status, count.get()));
        return counts;
    }

    /** How many deliveries the platform has taken. */
    long taken() {
        return answers().entrySet().stream()
                .filter(answer -> TAKEN.contains(answer.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** How what the provider did not sign was answered. */
    Map<Integer, Long> toForgeries() {
        Map<Integer, Long> counts = new TreeMap<>();
        toForgeries.forEach((status, count) -> counts.put(status, count.get()));
        return counts;
    }

    /** How many deliveries are still to be made. */
    long underWay() {
        return underWay.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    @Override
    public String toString() {
        return number + " events, " + lost + " lost, " + twice + " twice, " + forged + " forged beside, answered "
                + answers() + ", forgeries " + toForgeries();
    }
}

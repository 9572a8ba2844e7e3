package org.bursar.testing.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends an account's events to an endpoint as they happen, signed, and as badly as networks do: late and so out of order, twice,
 * or not at all. Refused deliveries are not repeated: whoever looks for payments must do without.
 */
public final class Deliveries implements AutoCloseable {
    private final URI endpoint;
    private final String secret;
    private final Habits habits;
    private final Random random;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ScheduledExecutorService threads;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean down;

    /**
     * How events travel.
     *
     * @param lost the part that never arrives, 0 to 1
     * @param twice the part that arrives twice, 0 to 1
     * @param latest the longest way; each event's is drawn anew
     * @param seed the same draws for the same order of events
     */
    public record Habits(double lost, double twice, Duration latest, long seed) {
        /** At once, once, in order. */
        public static Habits good() {
            return new Habits(0, 0, Duration.ZERO, 1);
        }
    }

    private Deliveries(URI endpoint, String secret, Habits habits) {
        this.endpoint = endpoint;
        this.secret = secret;
        this.habits = habits;
        random = new Random(habits.seed());
        threads = Executors.newScheduledThreadPool(2, work -> {
            Thread thread = new Thread(work, "fake-stripe-events");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to send what happens from now on. */
    public static Deliveries of(StripeAccount account, URI endpoint, String secret, Habits habits) {
        Deliveries deliveries = new Deliveries(endpoint, secret, habits);
        account.onEvent(deliveries::take);
        return deliveries;
    }

    private synchronized void take(ObjectNode event) {
        if (down || random.nextDouble() < habits.lost()) {
            lost.incrementAndGet();
            return;
        }
        int times = random.nextDouble() < habits.twice() ? 2 : 1;
        String body = event.toString();
        for (int i = 0; i < times; i++) {
            long wait = habits.latest().isZero()
                    ? 0
                    : random.nextLong(habits.latest().toMillis());
            Future<?> unused = threads.schedule(() -> send(body), wait, TimeUnit.MILLISECONDS);
        }
    }

    private void send(String body) {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Stripe-Signature", signature(body, secret, Instant.now()))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            (status / 100 == 2 ? accepted : refused).incrementAndGet();
        } catch (java.io.IOException e) {
            refused.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The header {@code Stripe-Signature} as Stripe makes it. */
    public static String signature(String body, String secret, Instant at) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] sum = mac.doFinal((at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether everything that happens from now on is lost for good. */
    public void loseAll(boolean all) {
        down = all;
    }

    /** How many deliveries were answered with 2xx. */
    public long accepted() {
        return accepted.get();
    }

    /** How many were answered otherwise, or not at all. */
    public long refused() {
        return refused.get();
    }

    /** How many events were never sent. */
    public long lost() {
        return lost.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

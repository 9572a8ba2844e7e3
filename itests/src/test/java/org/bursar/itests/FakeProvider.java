package org.bursar.itests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A payment provider: makes one payment for each key, however often it is asked, and loses some of its answers after it has done so.
 * Without events every payment is paid as soon as it is there; with {@link #tells} payers take their time, and some are declined
 * first.
 */
final class FakeProvider implements AutoCloseable {
    private static final int ANSWERS_LOST_OF_A_HUNDRED = 3;
    private static final int DECLINED_FIRST_OF_A_HUNDRED = 10;
    private static final int LONGEST_THOUGHT_MILLIS = 400;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final ScheduledExecutorService payers = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, String> byKey = new ConcurrentHashMap<>();
    private final Map<String, Payment> payments = new ConcurrentHashMap<>();
    private final Map<String, Queue<String>> byPurchase = new ConcurrentHashMap<>();
    private final AtomicLong asked = new AtomicLong();
    private volatile FakeEvents events;

    /** One payment; its status is open, declined or paid. */
    private static final class Payment {
        final String id;
        final Map<String, String> form;
        volatile String status;

        Payment(String id, Map<String, String> form, String status) {
            this.id = id;
            this.form = form;
            this.status = status;
        }

        String purchase() {
            return form.get("purchase");
        }
    }

    FakeProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.createContext("/payments", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on payers take their time, and what they do is told; null: no longer. */
    void tells(FakeEvents told) {
        events = told;
    }

    /** Which purchases it has payments of, with their number. */
    Map<String, Long> purchases() {
        Map<String, Long> counts = new HashMap<>();
        byPurchase.forEach((purchase, ids) -> counts.put(purchase, (long) ids.size()));
        return counts;
    }

    /** How many payments are not paid yet. */
    long unpaid() {
        return payments.values().stream()
                .filter(payment -> !payment.status.equals("paid"))
                .count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = exchange.getRequestMethod().equals("POST") ? created(exchange) : found(exchange);
            if (body == null) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!body.isEmpty() && asked.incrementAndGet() % (100 / ANSWERS_LOST_OF_A_HUNDRED) == 0) {
                // it is done, and nobody hears of it
                exchange.sendResponseHeaders(500, -1);
            } else {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private String created(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        return byKey.computeIfAbsent(form.get("key"), key -> {
            FakeEvents told = events;
            String id = "pay_" + Integer.toHexString(key.hashCode()) + "_" + payments.size();
            Payment made = new Payment(id, form, told == null ? "paid" : "open");
            payments.put(id, made);
            byPurchase
                    .computeIfAbsent(made.purchase(), purchase -> new ConcurrentLinkedQueue<>())
                    .add(id);
            if (told != null) {
                // the event may be there before the answer is
                told.tell("payment.opened", id, made.purchase());
                boolean declined = ThreadLocalRandom.current().nextInt(100) < DECLINED_FIRST_OF_A_HUNDRED;
                after(() -> decide(made, declined, told));
            }
            return id;
        });
    }

    private void decide(Payment payment, boolean declined, FakeEvents told) {
        payment.status = declined ? "declined" : "paid";
        told.tell("payment." + payment.status, payment.id, payment.purchase());
        if (declined) {
            after(() -> decide(payment, false, told));
        }
    }

    private void after(Runnable payer) {
        payers.schedule(payer, ThreadLocalRandom.current().nextInt(LONGEST_THOUGHT_MILLIS), TimeUnit.MILLISECONDS);
    }

    private String found(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        if (query != null) {
            return String.join(
                    "\n", byPurchase.getOrDefault(form(query).get("purchase"), new ConcurrentLinkedQueue<>()));
        }
        Payment payment = payments.get(exchange.getRequestURI().getPath().substring("/payments/".length()));
        return payment == null
                ? null
                : String.join(
                        " ",
                        List.of(
                                payment.purchase(),
                                payment.form.get("currency"),
                                payment.form.get("minor"),
                                payment.status));
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            form.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return form;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        payers.shutdownNow();
    }
}

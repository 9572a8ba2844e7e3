package org.bursar.testing.whop;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Whop that keeps what it was told: links, payments, memberships, refunds, and answers by idempotency key. With faults on request.
 */
public final class FakeWhop implements AutoCloseable {
    /** What the next request meets. */
    public enum Fault {
        /** Done, and the connection is cut before the answer. */
        ANSWER_LOST,
        /** Done, and a 500 is told. */
        FAILED_AFTER,
        /** Not done. */
        RATE_LIMITED,
        /** Not done. */
        UNAUTHORIZED,
        /** Answered late. */
        SLOW
    }

    private static final int PAGE = 2;

    /** What one account has; the credentials of another do not see it. */
    public static final class Books {
        public final List<Map<String, Object>> links = new CopyOnWriteArrayList<>();
        public final List<Map<String, Object>> payments = new CopyOnWriteArrayList<>();
        public final List<Map<String, Object>> memberships = new CopyOnWriteArrayList<>();
        private final Map<String, Map<String, Object>> answered = new ConcurrentHashMap<>();

        /** The environments share nothing: a key of the one is none in the other. */
        public volatile boolean live;

        /** Whether the key may read memberships. */
        public volatile boolean members = true;

        /** What becomes of refunds. */
        public volatile String refunded = "succeeded";

        public Map<String, Object> link(String purchase) {
            return links.stream()
                    .filter(link -> purchase.equals(of(link, "metadata").get("purchase_id")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** By API key. */
    public final Map<String, Books> accounts = new ConcurrentHashMap<>();

    public final Books books = account("key-of-1");
    public final List<Map<String, Object>> links = books.links;
    public final List<Map<String, Object>> payments = books.payments;
    public final List<String> requests = new CopyOnWriteArrayList<>();
    /** The same in full: {@code route}, {@code query} and {@code body}. */
    public final List<Map<String, Object>> sent = new CopyOnWriteArrayList<>();

    public final Map<String, String> headers = new ConcurrentHashMap<>();

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger plans = new AtomicInteger();
    private final Clock clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile @Nullable Fault fault;

    public FakeWhop(Clock clock) {
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new IllegalStateException(noPort);
        }
        server.setExecutor(threads);
        server.createContext("/api/v1/", this::answer);
        server.start();
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1");
    }

    public void next(Fault next) {
        fault = next;
    }

    public Books account(String key) {
        return accounts.computeIfAbsent(key, absent -> new Books());
    }

    public Map<String, Object> pay(String link, String status, String total, Instant at) {
        return pay(books, link, status, total, at);
    }

    /** Somebody pays a link. */
    public Map<String, Object> pay(Books of, String link, String status, String total, Instant at) {
        Map<String, Object> payment = payment(of, link, status, total, at);
        Map<String, Object> from = find(of.links, link);
        boolean renews = from != null && "renewal".equals(of(from, "plan").get("plan_type"));
        payment.put("billing_reason", renews ? "subscription_create" : "one_time");
        if (from != null && renews && "paid".equals(status)) {
            payment.put("membership", begin(of, from, at));
        }
        of.payments.add(payment);
        return payment;
    }

    private Map<String, Object> payment(Books of, String link, String status, String total, Instant at) {
        Map<String, Object> from = find(of.links, link);
        Map<?, ?> plan = from == null ? Map.of("currency", "usd") : of(from, "plan");
        Map<String, Object> payment = new LinkedHashMap<>();
        payment.put("id", "pay_" + made.incrementAndGet());
        payment.put("checkout_configuration_id", link);
        payment.put("status", status);
        payment.put("substatus", "paid".equals(status) ? "succeeded" : status);
        payment.put("currency", plan.get("currency"));
        payment.put("total", new BigDecimal(total));
        payment.put("metadata", from == null ? null : from.get("metadata"));
        payment.put("plan", from == null ? null : Map.of("id", String.valueOf(plan.get("id"))));
        payment.put("created_at", at.toString());
        payment.put("paid_at", "paid".equals(status) ? at.toString() : null);
        payment.put("refunds", new CopyOnWriteArrayList<>());
        payment.put("disputes", new CopyOnWriteArrayList<>());
        return payment;
    }

    /** What is paid begins a membership, which has the link's metadata too. */
    private Map<String, Object> begin(Books of, Map<String, Object> link, Instant at) {
        Map<?, ?> plan = of(link, "plan");
        Map<String, Object> membership = new ConcurrentHashMap<>();
        membership.put("id", "mem_" + plans.incrementAndGet());
        membership.put("status", "active");
        membership.put("checkout_configuration_id", link.get("id"));
        membership.put("company", Map.of("id", link.get("account_id"), "title", "Acme"));
        membership.put("plan", Map.of("id", plan.get("id")));
        membership.put("metadata", link.get("metadata"));
        membership.put("cancel_at_period_end", false);
        membership.put("renewal_period_start", at.toString());
        membership.put(
                "renewal_period_end",
                at.plus(Duration.ofDays(Long.parseLong(String.valueOf(plan.get("billing_period")))))
                        .toString());
        of.memberships.add(membership);
        return Map.of("id", membership.get("id"), "status", "active");
    }

    /** Whop charges a membership's next period, as it does by itself; the metadata and the link are the first payment's. */
    public Map<String, Object> renew(Books of, String id, String status, Instant at) {
        Map<String, Object> membership = Objects.requireNonNull(find(of.memberships, id));
        String link = String.valueOf(membership.get("checkout_configuration_id"));
        Map<?, ?> plan = of(Objects.requireNonNull(find(of.links, link)), "plan");
        Map<String, Object> payment = payment(of, link, status, String.valueOf(plan.get("renewal_price")), at);
        payment.put("billing_reason", "subscription_cycle");
        payment.put("membership", Map.of("id", id, "status", "active"));
        of.payments.add(payment);
        return payment;
    }

    @SuppressWarnings("unchecked")
    public static List<Object> list(Map<String, Object> of, String name) {
        return (List<Object>) Objects.requireNonNull(of.get(name));
    }

    public static Map<String, Object> sum(String id, String status, String amount, String currency) {
        return Map.of("id", id, "status", status, "amount", new BigDecimal(amount), "currency", currency);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked = exchange.getRequestURI().getPath().substring("/api/v1".length());
            boolean sandbox = asked.startsWith("/sandbox/");
            String path = sandbox ? asked.substring("/sandbox".length()) : asked;
            requests.add(exchange.getRequestMethod() + ' ' + path);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            Fault now = fault;
            fault = null;
            byte[] body = exchange.getRequestBody().readAllBytes();
            sent.add(Map.of(
                    "route",
                    exchange.getRequestMethod() + ' ' + path.replaceAll("/(ch|pay|mem)_[^/]+", "/{id}"),
                    "query",
                    query(exchange),
                    "body",
                    body.length == 0 ? Map.of() : JSON.std.anyFrom(body)));
            if (now == Fault.RATE_LIMITED) {
                exchange.getResponseHeaders().add("Retry-After", "7");
                send(exchange, 429, Map.of());
                return;
            }
            if (now == Fault.UNAUTHORIZED) {
                send(exchange, 401, Map.of("error", "no"));
                return;
            }
            String key = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                    .replace("Bearer ", "");
            Books of = accounts.get(key);
            if (of == null || sandbox == of.live) {
                send(exchange, 401, Map.of("error", "no such key"));
                return;
            }
            Map<String, Object> done = done(of, exchange, path, body);
            if (now == Fault.ANSWER_LOST) {
                return;
            }
            if (now == Fault.SLOW) {
                sleep();
            }
            send(
                    exchange,
                    now == Fault.FAILED_AFTER ? 500 : (int) Objects.requireNonNull(done.remove("status_code")),
                    done);
        }
    }

    /** An object within another one. */
    private static Map<?, ?> of(Map<String, Object> object, String name) {
        return (Map<?, ?>) Objects.requireNonNull(object.get(name));
    }

    private static void sleep() {
        try {
            Thread.sleep(3_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> done(Books of, HttpExchange exchange, String path, byte[] body) throws IOException {
        String[] parts = path.substring(1).split("/");
        boolean link = parts[0].equals("checkout_configurations");
        boolean members = parts[0].equals("memberships");
        List<Map<String, Object>> all = link ? of.links : members ? of.memberships : of.payments;
        String method = exchange.getRequestMethod();
        if (members && !of.members) {
            return coded(403, Map.of("error", "member:basic:read"));
        }
        if (members && method.equals("POST")) {
            return cancel(find(all, parts[1]), JSON.std.mapFrom(body).get("cancellation_mode"));
        }
        if (method.equals("POST")) {
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            String equal = key + path + new String(body, StandardCharsets.UTF_8);
            if (link
                    && of.answered.keySet().stream()
                            .anyMatch(known -> known.startsWith(key + path) && !known.equals(equal))) {
                return coded(409, Map.of("error", "another request had this key"));
            }
            return link
                    ? coded(200, of.answered.computeIfAbsent(equal, absent -> create(of, body)))
                    : refund(of, find(of.payments, parts[1]));
        }
        if (parts.length == 1) {
            return page(all, query(exchange));
        }
        Map<String, Object> one = find(all, parts[1]);
        if (one == null) {
            return coded(404, Map.of());
        }
        if (method.equals("DELETE")) {
            all.remove(one);
            return coded(200, Map.of());
        }
        return coded(200, one);
    }

    private Map<String, Object> create(Books of, byte[] body) {
        try {
            Map<String, Object> link = new LinkedHashMap<>(
                    JSON.std.with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS).mapFrom(body));
            link.put("id", "ch_" + made.incrementAndGet());
            Map<String, Object> plan = new LinkedHashMap<>();
            of(link, "plan").forEach((name, value) -> plan.put(String.valueOf(name), value));
            plan.put("id", "plan_" + plans.incrementAndGet());
            link.put("plan", plan);
            link.put("purchase_url", "https://whop.com/checkout/" + link.get("id"));
            link.put("created_at", clock.instant().toString());
            of.links.add(link);
            return link;
        } catch (IOException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private static Map<String, Object> cancel(@Nullable Map<String, Object> membership, @Nullable Object mode) {
        if (membership == null) {
            return coded(404, Map.of());
        }
        if ("canceled".equals(membership.get("status"))) {
            return coded(422, Map.of("error", "it is cancelled"));
        }
        if ("immediate".equals(mode)) {
            membership.put("status", "canceled");
        } else {
            membership.put("cancel_at_period_end", true);
        }
        return coded(200, membership);
    }

    /** Without regard to the key, as it must be feared of the real one. */
    private Map<String, Object> refund(Books of, @Nullable Map<String, Object> payment) {
        if (payment == null) {
            return coded(404, Map.of());
        }
        String currency = String.valueOf(payment.get("currency"));
        list(payment, "refunds")
                .add(sum("ref_" + made.incrementAndGet(), of.refunded, String.valueOf(payment.get("total")), currency));
        return coded(200, payment);
    }

    private static Map<String, Object> page(List<Map<String, Object>> all, Map<String, String> query) {
        List<Map<String, Object>> fit = new ArrayList<>(all.stream()
                .filter(one -> !query.containsKey("checkout_configuration_ids[]")
                        || query.get("checkout_configuration_ids[]").equals(one.get("checkout_configuration_id")))
                .filter(one -> !query.containsKey("plan_ids[]")
                        || one.get("plan") instanceof Map<?, ?> plan
                                && query.get("plan_ids[]").equals(plan.get("id")))
                .toList());
        Collections.reverse(fit);
        int from = Integer.parseInt(query.getOrDefault("after", "0"));
        int to = Math.min(fit.size(), from + PAGE);
        Map<String, Object> info = new HashMap<>();
        info.put("has_next_page", to < fit.size());
        info.put("end_cursor", Integer.toString(to));
        return coded(200, Map.of("data", fit.subList(Math.min(from, fit.size()), to), "page_info", info));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? List.<String>of() : Arrays.asList(raw.split("&"))) {
            int at = pair.indexOf('=');
            query.put(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, Object> coded(int status, Map<String, Object> answer) {
        Map<String, Object> coded = new LinkedHashMap<>(answer);
        coded.put("status_code", status);
        return coded;
    }

    private static @Nullable Map<String, Object> find(List<Map<String, Object>> all, String id) {
        return all.stream().filter(one -> id.equals(one.get("id"))).findFirst().orElse(null);
    }

    private static void send(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = JSON.std.asBytes(body);
        // a client that is not told so reads no JSON
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

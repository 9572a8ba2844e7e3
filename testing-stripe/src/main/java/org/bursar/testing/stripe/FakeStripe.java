package org.bursar.testing.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A stateful Stripe on the loopback interface: accounts by key, objects made from Stripe's published examples, keys that are
 * remembered, and faults on demand. {@link #account} gives the payer's and Stripe's own side of what happens.
 */
public final class FakeStripe implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // the JDK's server sends head and body apart; with Nagle's algorithm each answer would take 40 ms
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Clock clock;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Map<String, StripeAccount> byKey = new ConcurrentHashMap<>();
    private final Map<String, StripeAccount> connected = new ConcurrentHashMap<>();
    private final List<Trap> traps = new CopyOnWriteArrayList<>();
    private final List<Recorded> requests = new CopyOnWriteArrayList<>();

    private record Trap(Predicate<Recorded> which, Fault fault) {}

    /**
     * A request that came.
     *
     * @param form its fields, as a tree of texts
     */
    public record Recorded(
            String method, String path, ObjectNode form, String key, String account, String idempotencyKey) {
        /** Method and path, with ids left out. */
        public String route() {
            return method
                    + ' '
                    + path.replaceAll("/(cs|pi|cus|pm|re|sub|in|we|du|prv|prod|price)_[A-Za-z0-9_]+", "/{id}");
        }
    }

    private FakeStripe(Clock clock, int port) throws IOException {
        this.clock = clock;
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "fake-stripe");
            thread.setDaemon(true);
            return thread;
        });
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Starts one on a free port. */
    public static FakeStripe start(Clock clock) {
        return start(clock, 0);
    }

    /** Starts one on a port; 0: a free one. */
    public static FakeStripe start(Clock clock, int port) {
        try {
            return new FakeStripe(clock, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What takes the place of Stripe's address. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The account of a key, which is made on the first call: live if the key says so. */
    public StripeAccount account(String key) {
        return byKey.computeIfAbsent(
                key, k -> new StripeAccount(clock, "acct_own" + byKey.size(), k.contains("_live_")));
    }

    /** An account that is connected to the one of {@code platformKey}. */
    public StripeAccount connected(String platformKey, String account) {
        boolean live = account(platformKey).live();
        return connected.computeIfAbsent(account, id -> new StripeAccount(clock, id, live));
    }

    /** The next request that fits goes wrong. */
    public void trap(Predicate<Recorded> which, Fault fault) {
        traps.add(new Trap(which, fault));
    }

    /** The next request that makes or changes something goes wrong. */
    public void trapNextWrite(Fault fault) {
        trap(request -> !request.method().equals("GET"), fault);
    }

    /** The next request of a route, such as {@code POST /v1/refunds}, goes wrong. */
    public void trapNext(String route, Fault fault) {
        trap(request -> request.route().equals(route), fault);
    }

    /** Everything that came, in order. */
    public List<Recorded> requests() {
        return List.copyOf(requests);
    }

    /** Forgets what came. */
    public void forgetRequests() {
        requests.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Recorded request = read(exchange);
            requests.add(request);
            Fault fault = fault(request);
            if (fault instanceof Fault.TooMany many) {
                exchange.getResponseHeaders().add("Retry-After", String.valueOf(many.retryAfterSeconds()));
                send(
                        exchange,
                        Answer.error(429, "invalid_request_error", "rate_limit", "", "Too many requests"),
                        false);
                return;
            }
            answer(exchange, request, fault);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Recorded read(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String body;
        try (InputStream in = exchange.getRequestBody()) {
            body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String query = exchange.getRequestURI().getRawQuery();
        return new Recorded(
                method,
                exchange.getRequestURI().getPath(),
                Form.read(method.equals("POST") ? body : query),
                header(exchange, "Authorization").replaceFirst("^Bearer ", ""),
                header(exchange, "Stripe-Account"),
                method.equals("POST") || method.equals("DELETE") ? header(exchange, "Idempotency-Key") : "");
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }

    private synchronized @Nullable Fault fault(Recorded request) {
        for (Trap trap : traps) {
            if (trap.which().test(request)) {
                traps.remove(trap);
                return trap.fault();
            }
        }
        return null;
    }

    private void answer(HttpExchange exchange, Recorded request, @Nullable Fault fault)
            throws IOException, InterruptedException {
        StripeAccount account = accountOf(request);
        if (account == null) {
            // Stripe masks the key; this one does not, so that whoever passes messages on is found out
            send(
                    exchange,
                    Answer.error(401, "invalid_request_error", "", "", "Invalid API Key provided: " + request.key()),
                    false);
            return;
        }
        if (account == DENIED) {
            send(
                    exchange,
                    Answer.error(403, "invalid_request_error", "account_invalid", "", "no access to the account"),
                    false);
            return;
        }
        Keys.Kept kept = account.keys().answer(request, () -> done(account, request, fault));
        Answer answer = kept.answer();
        if (fault instanceof Fault.Dropped) {
            return;
        }
        if (fault instanceof Fault.Delayed delayed) {
            Thread.sleep(delayed.time().toMillis());
        }
        if (fault instanceof Fault.Dripping) {
            drip(exchange, answer);
            return;
        }
        send(exchange, fault == null ? answer : changed(answer, fault), kept.replayed());
    }

    private static final StripeAccount DENIED = new StripeAccount(Clock.systemUTC(), "acct_denied", false);

    private @Nullable StripeAccount accountOf(Recorded request) {
        StripeAccount own = byKey.get(request.key());
        if (own == null || request.account().isEmpty()) {
            return own;
        }
        return connected.getOrDefault(request.account(), DENIED);
    }

    private static Answer done(StripeAccount account, Recorded request, @Nullable Fault fault) {
        Answer failure = Answer.error(500, "api_error", "", "", "Something went wrong on Stripe's end");
        if (fault instanceof Fault.Failed) {
            return failure;
        }
        Answer answer;
        try {
            synchronized (account) {
                answer = Answer.ok(Routes.of(account, request));
            }
        } catch (StripeError e) {
            answer = e.answer();
        }
        return fault instanceof Fault.FailedAfter ? failure : answer;
    }

    private static Answer changed(Answer answer, Fault fault) {
        if (fault instanceof Fault.WrongMode) {
            String body = answer.body();
            return new Answer(
                    answer.status(),
                    body.contains("\"livemode\":false")
                            ? body.replace("\"livemode\":false", "\"livemode\":true")
                            : body.replace("\"livemode\":true", "\"livemode\":false"));
        }
        if (fault instanceof Fault.NoJson page) {
            return new Answer(page.status(), "<html><body>Bad gateway</body></html>");
        }
        if (fault instanceof Fault.Changed change) {
            return new Answer(answer.status(), answer.body().replace(change.text(), change.into()));
        }
        return answer;
    }

    private static void send(HttpExchange exchange, Answer answer, boolean replayed) throws IOException {
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("Request-Id", "req_" + Long.toString(System.nanoTime(), 36));
        if (replayed) {
            exchange.getResponseHeaders().add("Idempotent-Replayed", "true");
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static void drip(HttpExchange exchange, Answer answer) throws IOException, InterruptedException {
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            for (byte one : bytes) {
                out.write(one);
                out.flush();
                Thread.sleep(100);
            }
        }
    }

    /** Stripe's published examples, by resource. */
    static JsonNode fixtures() {
        try (InputStream in = FakeStripe.class.getResourceAsStream("fixtures.json")) {
            return JSON.readTree(Objects.requireNonNull(in, "fixtures.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came, as JSON for another program: route and form of each request. */
    public String recording() {
        List<ObjectNode> lines = new ArrayList<>();
        for (Recorded request : requests) {
            lines.add(JSON.createObjectNode().put("route", request.route()).set("form", request.form()));
        }
        return JSON.valueToTree(lines).toString();
    }
}

package org.bursar.payments.tck;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Stands between a gateway and the stub of its provider, and does to their requests what networks and providers do. */
final class FaultProxy implements AutoCloseable {
    /** Headers that belong to one connection, or that the client writes itself. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "transfer-encoding",
            "upgrade");

    static final int RETRY_AFTER_SECONDS = 7;

    private final URI target;
    private final HttpServer server;
    private final ExecutorService threads;
    private final HttpClient client;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile @Nullable Trouble trouble;

    /** What befalls a request. */
    sealed interface Trouble {
        /** Which requests it befalls. */
        BiPredicate<String, String> befalls();

        /** The provider does what it was asked, and nobody hears of it. */
        record ResponseLost(BiPredicate<String, String> befalls) implements Trouble {}

        /** The provider does what it was asked, or not, and this is the answer. */
        record Answered(BiPredicate<String, String> befalls, boolean executed, StubAnswer answer) implements Trouble {}

        /** An error whose body repeats the headers of the request, as some providers' do. */
        record Echoed(BiPredicate<String, String> befalls) implements Trouble {}

        /** The provider does what it was asked and the answer waits. */
        record Held(BiPredicate<String, String> befalls, CountDownLatch reached, CountDownLatch released)
                implements Trouble {
            static Held of(BiPredicate<String, String> befalls) {
                return new Held(befalls, new CountDownLatch(1), new CountDownLatch(1));
            }

            /** Waits until a request was executed. */
            void awaitReached() throws InterruptedException {
                if (!reached.await(20, TimeUnit.SECONDS)) {
                    throw new AssertionError("the gateway sent no request");
                }
            }
        }
    }

    FaultProxy(URI target) throws IOException {
        this.target = target;
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "tck-proxy");
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        });
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where the gateway is to go. */
    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort()
                + (target.getPath() == null ? "" : target.getPath()));
    }

    /** An address on which nobody listens. */
    static URI refused() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many requests came. */
    int requests() {
        return requests.get();
    }

    void make(Trouble next) {
        trouble = next;
    }

    void heal() {
        release();
        trouble = null;
    }

    private void release() {
        if (trouble instanceof Trouble.Held held) {
            held.released().countDown();
        }
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            String method = exchange.getRequestMethod();
            Trouble now = trouble;
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (now == null
                    || !now.befalls().test(method, exchange.getRequestURI().getPath())) {
                relay(exchange, executed(exchange, body));
            } else {
                befall(exchange, body, now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void befall(HttpExchange exchange, byte[] body, Trouble now) throws IOException, InterruptedException {
        if (now instanceof Trouble.ResponseLost) {
            executed(exchange, body);
        } else if (now instanceof Trouble.Held held) {
            HttpResponse<byte[]> answer = executed(exchange, body);
            held.reached().countDown();
            held.released().await();
            relay(exchange, answer);
        } else if (now instanceof Trouble.Echoed) {
            answer(exchange, StubAnswer.json(400, echoOf(exchange)));
        } else if (now instanceof Trouble.Answered answered) {
            if (answered.executed()) {
                executed(exchange, body);
            }
            answer(exchange, answered.answer());
        }
    }

    private static String echoOf(HttpExchange exchange) {
        String headers = String.join(
                "; ",
                exchange.getRequestHeaders().entrySet().stream()
                        .map(header -> header.getKey() + ": " + String.join(",", header.getValue()))
                        .toList());
        return "{\"error\":\"not understood: " + headers.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }

    private static void answer(HttpExchange exchange, StubAnswer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        if (answer.status() == 429) {
            exchange.getResponseHeaders().set("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
        }
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private HttpResponse<byte[]> executed(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        URI asked = exchange.getRequestURI();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        URI there = target.resolve(asked.getRawPath() + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(there)
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                header.getValue().forEach(value -> request.header(header.getKey(), value));
            }
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void relay(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(lower) && !lower.startsWith(":") && !lower.equals("date")) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}

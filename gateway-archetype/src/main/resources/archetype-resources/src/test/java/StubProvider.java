package ${package};

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.tck.ProviderStub;
import org.bursar.payments.tck.StubAccount;
import org.bursar.payments.tck.StubAnswer;

/** The provider in small: its API on loopback, with accounts, idempotency keys and pages. */
class StubProvider implements ProviderStub {
    private final Map<String, StubMerchant> accounts = new LinkedHashMap<>();
    private final Map<String, StubAnswer> answered = new LinkedHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    StubProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/", this::handle);
        server.start();
    }

    @Override
    public URI api() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public synchronized StubAccount account(String name, Mode mode) {
        return accounts.computeIfAbsent(
                name + mode, key -> merchant("acct_" + (accounts.size() + 1), mode == Mode.LIVE));
    }

    StubMerchant merchant(String id, boolean live) {
        return new StubMerchant(id, live);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            StubAnswer answer = answer(exchange, new String(body, StandardCharsets.UTF_8));
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private synchronized StubAnswer answer(HttpExchange exchange, String body) {
        String credentials = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        StubMerchant merchant = accounts.values().stream()
                .filter(each -> credentials.equals("Bearer " + each.apiKey()))
                .findFirst()
                .orElse(null);
        if (merchant == null) {
            return StubAnswer.usual(Fault.UNAUTHORIZED);
        }
        String path = exchange.getRequestURI().getPath().substring("/v1/".length());
        if (exchange.getRequestMethod().equals("GET")) {
            return merchant.read(path, query(exchange.getRequestURI()));
        }
        String key = merchant.apiKey() + exchange.getRequestHeaders().getFirst("Idempotency-Key");
        String asked = path + body;
        StubAnswer before = answered.get(key + asked);
        if (before != null) {
            return before;
        }
        if (answered.putIfAbsent(key, StubAnswer.json(200, "{}")) != null) {
            return StubAnswer.usual(Fault.KEY_CONFLICT);
        }
        StubAnswer answer = merchant.write(path, Json.read(body));
        answered.put(key + asked, answer);
        return answer;
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }
}

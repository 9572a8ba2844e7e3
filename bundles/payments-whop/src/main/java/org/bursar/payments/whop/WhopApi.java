package org.bursar.payments.whop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/**
 * Whop's HTTP interface (docs.whop.com, {@code /api/v1} of 2026-07-20) for the time of one call: one tenant's key, one
 * deadline. What went wrong becomes a {@link Kind}: before the connection stood, nothing happened; after it, whatever is
 * not an answer that says otherwise is unknown.
 */
final class WhopApi {
    static final String VERSION = "2026-07-20";

    /** The two environments share nothing; in place of both an operator names one address, and {@code /sandbox} below it. */
    private static final String LIVE = "https://api.whop.com/api/v1";

    private static final String SANDBOX = "https://sandbox-api.whop.com/api/v1";

    /** Without buffers that threads keep: they would keep the bundle's classes after it is gone. */
    private static final JSON NUMBERS_EXACT = JSON.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                    .build())
            .enable(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int LONGEST_ANSWER = 4 << 20;
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 50;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;

    private final HttpClient client;
    private final GatewayContext context;
    private final String base;

    WhopApi(HttpClient client, GatewayContext context) {
        this.client = client;
        this.context = context;
        boolean live = context.mode() == GatewayContext.Mode.LIVE;
        this.base =
                context.apiBase().map(other -> other + (live ? "" : "/sandbox")).orElse(live ? LIVE : SANDBOX);
    }

    Node get(String path, Map<String, String> query) throws GatewayException {
        return send(request(path, query).GET());
    }

    Node post(String path, Map<String, ?> body, IdempotencyKey key) throws GatewayException {
        return send(request(path, Map.of())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key.value())
                .POST(HttpRequest.BodyPublishers.ofByteArray(written(body))));
    }

    void delete(String path) throws GatewayException {
        send(request(path, Map.of()).DELETE());
    }

    /** Every object of a list, page by page; rather an error than a part of it. */
    List<Node> all(String path, Map<String, String> query) throws GatewayException {
        List<Node> found = new ArrayList<>();
        Map<String, String> page = new LinkedHashMap<>(query);
        page.put("first", Integer.toString(PAGE));
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Node answer = get(path, page);
            found.addAll(answer.nodes("data")
                    .orElseThrow(
                            () -> new GatewayException(Kind.OUTCOME_UNKNOWN, "Whop answered a page without data")));
            Node info = answer.node("page_info");
            Optional<String> next = info.text("end_cursor");
            boolean last = Boolean.FALSE.equals(info.fields().get("has_next_page"));
            if (last || next.isEmpty()) {
                return found;
            }
            page.put("after", next.get());
        }
        throw new GatewayException(Kind.OUTCOME_UNKNOWN, "Whop lists more than " + MOST_PAGES * PAGE + " objects");
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) throws GatewayException {
        StringBuilder address = new StringBuilder(base).append(path);
        char separator = '?';
        for (Map.Entry<String, String> pair : query.entrySet()) {
            address.append(separator).append(encoded(pair.getKey())).append('=').append(encoded(pair.getValue()));
            separator = '&';
        }
        Duration left = Duration.between(context.clock().instant(), context.deadline());
        if (left.compareTo(Duration.ofMillis(1)) < 0) {
            throw new GatewayException(Kind.NOT_EXECUTED, "the deadline was over before Whop was asked");
        }
        return HttpRequest.newBuilder(URI.create(address.toString()))
                .timeout(left)
                .header("Authorization", "Bearer " + WhopSettings.apiKey(context))
                .header("Accept", "application/json")
                .header("Api-Version-Date", VERSION);
    }

    private Node send(HttpRequest.Builder request) throws GatewayException {
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            byte[] body;
            try (InputStream in = response.body()) {
                body = in.readNBytes(LONGEST_ANSWER + 1);
            }
            if (response.statusCode() >= 300) {
                throw refused(response);
            }
            if (body.length > LONGEST_ANSWER) {
                throw new GatewayException(Kind.OUTCOME_UNKNOWN, "Whop answered more than 4 MiB");
            }
            return body.length == 0 ? Node.EMPTY : read(body);
        } catch (ConnectException | HttpConnectTimeoutException nobody) {
            throw new GatewayException(Kind.NOT_EXECUTED, "Whop cannot be reached", nobody, null);
        } catch (IOException lost) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "Whop's answer was lost", lost, null);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "the call was stopped", stopped, null);
        }
    }

    /** Neither the answer's text nor the key goes into the message: only the status and what it means. */
    private static GatewayException refused(HttpResponse<?> response) {
        int status = response.statusCode();
        return switch (status) {
            case 401, 403 ->
                new GatewayException(
                        Kind.BAD_CREDENTIALS,
                        "Whop refuses the API key (" + status + "): it is wrong, or lacks a permission");
            case 404 -> new GatewayException(Kind.NOT_FOUND, "Whop knows no such object");
            case 400, UNPROCESSABLE ->
                new GatewayException(Kind.INVALID_REQUEST, "Whop refuses the request (" + status + ')');
            case TOO_MANY ->
                new GatewayException(
                        Kind.RATE_LIMITED,
                        "Whop asks to wait",
                        null,
                        retryAfter(response).orElse(null));
            default -> new GatewayException(Kind.OUTCOME_UNKNOWN, "Whop failed (" + status + ')');
        };
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /** Parses an object; a body that is none is {@link Kind#OUTCOME_UNKNOWN}. */
    static Node read(byte[] body) throws GatewayException {
        @Nullable Node node = readOrNull(body);
        if (node == null) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "Whop answered what is no JSON object");
        }
        return node;
    }

    static @Nullable Node readOrNull(byte[] body) {
        try {
            return NUMBERS_EXACT.anyFrom(body) instanceof Map<?, ?> map ? new Node(map) : null;
        } catch (IOException noJson) {
            return null;
        }
    }

    private static byte[] written(Map<String, ?> body) throws GatewayException {
        try {
            return NUMBERS_EXACT.asBytes(body);
        } catch (IOException impossible) {
            throw new GatewayException(Kind.NOT_EXECUTED, "the request cannot be written", impossible, null);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** One caller of the HTTP interface. */
final class Http {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI base;
    private final Map<String, String> headers;

    private Http(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** Somebody without a key. */
    static Http at(URI base) {
        return new Http(base, Map.of());
    }

    /** The same caller at another node. */
    Http to(URI node) {
        return new Http(node, headers);
    }

    /** The same with one more header. */
    Http with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Http(base, more);
    }

    /** The value of the header Authorization. */
    String authorization() {
        return headers.getOrDefault("Authorization", "");
    }

    /** The same caller by another way. */
    Http through(URI other) {
        return new Http(other, headers);
    }

    Http bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    Map<String, String> headers() {
        return headers;
    }

    /** An answer; its text is kept, so that two can be compared byte for byte. */
    record Answer(String request, int status, String text, HttpResponse<String> response) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new AssertionError(request + ": no JSON: " + text, e);
            }
        }

        /** The text at a JSON pointer. */
        String at(String pointer) {
            JsonNode node = json().at(pointer);
            assertTrue(request + ": nothing at " + pointer + " in " + text, !node.isMissingNode());
            return node.asText();
        }

        Answer is(int expected) {
            assertEquals(request + " answered " + text, expected, status);
            return this;
        }

        /** A refusal as RFC 9457 shows it. */
        Answer refuses(int expected, String code) {
            is(expected);
            assertEquals(
                    request, "application/problem+json", header("Content-Type").split(";")[0]);
            assertEquals(request + " answered " + text, code, at("/code"));
            assertEquals(request, expected, json().path("status").asInt());
            assertEquals(request, "/problems/" + code, at("/type"));
            assertTrue(request, json().path("title").isTextual());
            return this;
        }

        Answer shows(String pointer, String expected) {
            assertEquals(request + " at " + pointer + " of " + text, expected, at(pointer));
            return this;
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer send(String method, String path, String contentType, String body) {
        if (body != null && Multipart.MEDIA_TYPE.equals(contentType)) {
            return send(method, path, Multipart.TYPE, Multipart.body(body));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (body != null) {
            request.header("Content-Type", contentType);
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> response =
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(method + " " + path, response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path) {
        return send("GET", path, null, null);
    }

    Answer put(String path, String body) {
        return send("PUT", path, "application/json", body);
    }

    /** A POST without a key. */
    Answer post(String path, String body) {
        return send("POST", path, "application/json", body);
    }

    Answer post(String path, String contentType, String body) {
        return send("POST", path, contentType, body);
    }

    /**
     * A POST with a fresh Idempotency-Key, sent twice: the second one is answered as the first one was, and nothing happens
     * again. The same key with another body is refused.
     */
    Answer twice(String path, String body) {
        Http keyed = with("Idempotency-Key", UUID.randomUUID().toString());
        Answer first = keyed.post(path, body);
        if (first.status() >= 300) {
            return first;
        }
        assertEquals(first.request(), "", first.header("Idempotency-Replayed"));
        Answer again = keyed.post(path, body).is(first.status());
        assertEquals(again.request(), "true", again.header("Idempotency-Replayed"));
        assertEquals(again.request(), withoutSecrets(first.json()), withoutSecrets(again.json()));
        keyed.post(path, body + " ").refuses(422, "idempotency_key_reused");
        return first;
    }

    /** What is shown once alone is null in the second answer. */
    private static JsonNode withoutSecrets(JsonNode json) {
        if (json.isObject()) {
            ((com.fasterxml.jackson.databind.node.ObjectNode) json).remove("key");
        }
        return json;
    }
}

package org.bursar.demo.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The HTTP interface as a program sees it. */
final class DemoApi {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger requests = new AtomicInteger();
    private final String base;

    DemoApi(String base) {
        this.base = base;
    }

    int requests() {
        return requests.get();
    }

    /** Whether nothing but the named check keeps the platform from being ready. */
    boolean readyBut(String check) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/health/ready"))
                    .timeout(TIMEOUT)
                    .build();
            JsonNode problems = json.readTree(http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .path("problems");
            if (!problems.isArray()) {
                return false;
            }
            for (JsonNode problem : problems) {
                if (!problem.asText().startsWith(check + ": ")) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A caller of the interface. */
    Client client(String token, @Nullable String tenant) {
        return new Client(token, tenant);
    }

    /** Calls in the name of one token. */
    final class Client {
        private final String token;
        private final @Nullable String tenant;

        String token() {
            return token;
        }

        private Client(String token, @Nullable String tenant) {
            this.token = token;
            this.tenant = tenant;
        }

        JsonNode get(String path) throws InterruptedException {
            return send("GET", path, null, "application/json");
        }

        void delete(String path) throws InterruptedException {
            send("DELETE", path, null, "application/json");
        }

        JsonNode post(String path, Object body) throws InterruptedException {
            return send("POST", path, body, "application/json");
        }

        JsonNode put(String path, Object body) throws InterruptedException {
            return send("PUT", path, body, "application/json");
        }

        JsonNode post(String path, Object body, String type) throws InterruptedException {
            return send("POST", path, body, type);
        }

        private JsonNode send(String method, String path, @Nullable Object body, String type)
                throws InterruptedException {
            try {
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                        .timeout(TIMEOUT)
                        .header("Content-Type", type)
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
                if (!token.isEmpty()) {
                    request.header("Authorization", "Bearer " + token);
                }
                if (tenant != null) {
                    request.header("Bursar-Tenant", tenant);
                }
                requests.incrementAndGet();
                HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() / 100 != 2) {
                    throw new IllegalStateException(
                            method + " " + path + " answered " + response.statusCode() + " " + response.body());
                }
                return response.body().isEmpty() ? json.createObjectNode() : json.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The same for a user of a tenant's customers. */
    Client signIn(String tenant, String email, String password) throws InterruptedException {
        JsonNode session = client("", tenant).post("/sessions", Map.of("email", email, "password", password));
        return client(session.path("token").asText(), null);
    }

    /** Signs in and calls from then on with the token. */
    Client signIn(String email, String password) throws InterruptedException {
        JsonNode session = client("", null).post("/sessions", Map.of("email", email, "password", password));
        return client(session.path("token").asText(), null);
    }
}

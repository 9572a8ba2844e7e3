package ${package};

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;

/** The provider over HTTP: how it is asked, and what is known after each answer. */
class ProviderApi {
    private static final URI BASE = URI.create("https://api.provider.example");
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TO_CONNECT)
            .executor(threads())
            .build();

    /** Threads that end a second after the last call, so that nothing of a stopped bundle is left behind. */
    private static ThreadPoolExecutor threads() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "${artifactId}-http");
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        });
    }

    /** Reads. */
    Map<String, Object> get(GatewayContext context, String path) throws GatewayException {
        return send(context, request(context, path).GET());
    }

    /** Writes. The key is the platform's: the provider answers the same key with the same object. */
    Map<String, Object> post(GatewayContext context, String path, IdempotencyKey key, Map<String, Object> body)
            throws GatewayException {
        return send(
                context,
                request(context, path)
                        .header("Idempotency-Key", key.value())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    private HttpRequest.Builder request(GatewayContext context, String path) throws GatewayException {
        String base = context.apiBase().orElse(BASE).toString();
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + apiKey(context));
    }

    String apiKey(GatewayContext context) throws GatewayException {
        char[] key;
        try {
            key = context.secret(ProviderGateway.API_KEY);
        } catch (IllegalArgumentException e) {
            throw new GatewayException(Kind.BAD_CONFIGURATION, "the API key is not set");
        }
        String text = new String(key);
        Arrays.fill(key, ' ');
        return text;
    }

    private Map<String, Object> send(GatewayContext context, HttpRequest.Builder request) throws GatewayException {
        Duration left = Duration.between(context.clock().instant(), context.deadline());
        if (left.isNegative() || left.isZero()) {
            throw new GatewayException(Kind.NOT_EXECUTED, "no time was left for the call");
        }
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        try {
            return judged(answer.get(left.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw failure(e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw failure(e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Without a connection nothing happened. After that nobody knows, unless the provider says so. */
    GatewayException failure(Throwable cause) {
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                ? new GatewayException(Kind.NOT_EXECUTED, "the provider cannot be reached")
                : new GatewayException(
                        Kind.OUTCOME_UNKNOWN,
                        "no answer from the provider: " + cause.getClass().getSimpleName());
    }

    /** What an answer means. Its text goes into no message: it may repeat what was sent. */
    private static Map<String, Object> judged(HttpResponse<String> answer) throws GatewayException {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            try {
                return Json.read(answer.body());
            } catch (IllegalArgumentException e) {
                throw new GatewayException(Kind.OUTCOME_UNKNOWN, "the provider's answer is not understood");
            }
        }
        Kind kind =
                switch (status) {
                    case 400, 422 -> Kind.INVALID_REQUEST;
                    case 401, 403 -> Kind.BAD_CREDENTIALS;
                    case 404 -> Kind.NOT_FOUND;
                    case 429 -> Kind.RATE_LIMITED;
                    // 409 is a key that was used for something else; of 5xx nobody knows what they did
                    default -> Kind.OUTCOME_UNKNOWN;
                };
        throw new GatewayException(kind, "the provider answered " + status, null, retryAfter(answer));
    }

    private static Duration retryAfter(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("[0-9]{1,5}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }
}

package org.bursar.payments.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries the requests of one call. Its time is that of the whole call, body included, and the thread can be interrupted while
 * it waits; the library's own client can do neither.
 */
final class DeadlineHttp extends com.stripe.net.HttpClient {
    private final HttpClient http;
    private final long endNanos;

    /** Carries requests until {@code endNanos} of {@link System#nanoTime()}. */
    DeadlineHttp(HttpClient http, long endNanos) {
        this.http = http;
        this.endNanos = endNanos;
    }

    @Override
    public StripeResponse request(StripeRequest request) throws ApiConnectionException {
        HttpRequest prepared = prepared(request);
        long left = endNanos - System.nanoTime();
        if (left <= 0) {
            throw new ApiConnectionException(
                    "no time was left", new ConnectException("not connected: no time was left"));
        }
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(prepared, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            HttpResponse<String> response = answer.get(left, TimeUnit.NANOSECONDS);
            return new StripeResponse(
                    response.statusCode(), HttpHeaders.of(response.headers().map()), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new ApiConnectionException("the time ran out", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("the call was interrupted", e);
        } catch (ExecutionException e) {
            throw new ApiConnectionException("the connection failed", e.getCause());
        }
    }

    private static HttpRequest prepared(StripeRequest request) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(request.url().toString()));
        for (Map.Entry<String, List<String>> header : request.headers().map().entrySet()) {
            builder.setHeader(header.getKey(), String.join(",", header.getValue()));
        }
        builder.setHeader("User-Agent", buildUserAgentString(request));
        if (request.content() == null) {
            return builder.method(request.method().name(), HttpRequest.BodyPublishers.noBody())
                    .build();
        }
        return builder.setHeader("Content-Type", request.content().contentType())
                .method(
                        request.method().name(),
                        HttpRequest.BodyPublishers.ofByteArray(request.content().byteArrayContent()))
                .build();
    }
}

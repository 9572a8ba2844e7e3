package org.bursar.payments.tck;

import java.nio.charset.StandardCharsets;

/**
 * An answer over HTTP.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param body its bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record StubAnswer(int status, String contentType, byte[] body) {
    /** An answer with a body of JSON. */
    public static StubAnswer json(int status, String json) {
        return new StubAnswer(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** The plain form of a fault: 500, 409, 429 or 401 with {@code {"error":"…"}}. */
    public static StubAnswer usual(ProviderStub.Fault fault) {
        return switch (fault) {
            case ERROR -> json(500, "{\"error\":\"internal\"}");
            case KEY_CONFLICT -> json(409, "{\"error\":\"idempotency key used with other parameters\"}");
            case RATE_LIMITED -> json(429, "{\"error\":\"too many requests\"}");
            case UNAUTHORIZED -> json(401, "{\"error\":\"unauthorized\"}");
        };
    }
}

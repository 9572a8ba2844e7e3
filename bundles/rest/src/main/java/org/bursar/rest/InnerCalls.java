package org.bursar.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bursar.kernel.TenantId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The operations of the HTTP interface for those who answer people with pages: asked in this process, on the thread of the request that
 * the page is made for, and otherwise as if they had come from outside. So a page shows and does exactly what its reader may see and
 * do: authentication, permissions, isolation, checks, idempotency and the audit log are the interface's own.
 */
@ProviderType
public interface InnerCalls {
    /**
     * One call.
     *
     * @param path below {@code /api/v1} with its query, encoded as in an address, such as {@code /customers?limit=12}
     * @param headers such as {@code Authorization}, {@code Bursar-Tenant}, {@code If-Match} and {@code Idempotency-Key}
     * @param body JSON in UTF-8; empty for none
     */
    record Question(String method, String path, Map<String, String> headers, byte[] body) {
        public Question {
            headers = Map.copyOf(headers);
            body = body.clone();
        }
    }

    /**
     * What the operation answered.
     *
     * @param body JSON in UTF-8, a problem's when the status is 400 or more; empty for none
     * @param tag the ETag as it is sent, to be used for {@code If-Match}
     */
    record Answer(int status, byte[] body, Optional<String> tag) {}

    /** Asks, and gives 503 {@code unavailable} when nobody serves the path at the moment. */
    Answer ask(HttpServletRequest request, Question question) throws IOException;

    /** Asks, and sends the answer to the reader as it comes: for long tables, which nobody keeps in memory. */
    void pass(HttpServletRequest request, Question question, HttpServletResponse response) throws IOException;

    /** The tenant whose host the request came to; empty on the platform's. */
    Optional<TenantId> hostTenant(HttpServletRequest request);

    /** The address of the peer, which a proxy's header changes only where the proxy is configured. */
    String address(HttpServletRequest request);
}

package org.bursar.rest.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request before any capability sees it.
 *
 * @param hostTenant the tenant whose host it came to; empty on the platform's
 */
record RequestFacts(String requestId, Optional<TenantId> hostTenant, String address) {
    private static final String ATTRIBUTE = RequestFacts.class.getName();

    void attach(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static @Nullable RequestFacts of(ContainerRequestContext request) {
        return request.getProperty(ATTRIBUTE) instanceof RequestFacts facts ? facts : null;
    }

    static @Nullable RequestFacts of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof RequestFacts facts ? facts : null;
    }
}

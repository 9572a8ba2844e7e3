package org.bursar.rest.internal;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/** Takes {@code application/merge-patch+json} (RFC 7396) for what each PATCH here is: before a method is chosen by its type. */
@PreMatching
final class MergePatch implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        if (HttpMethod.PATCH.equals(request.getMethod())
                && type != null
                && type.getType().equals("application")
                && type.getSubtype().equals("merge-patch+json")) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }
}

package org.bursar.rest.internal;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;

/**
 * Refuses headers that Jersey would answer with an empty 400, and addresses with characters that no text can have: PostgreSQL stores
 * neither the character 0 nor half of a surrogate pair, so nothing can be found under them.
 */
@PreMatching
@Priority(ReadableRequest.FIRST)
final class ReadableRequest implements ContainerRequestFilter {
    static final int FIRST = 1;

    private static final Set<String> USUAL =
            Set.of("application/json", "application/cloudevents+json", "application/cloudevents-batch+json");

    @Override
    public void filter(ContainerRequestContext request) {
        try {
            if (request.getHeaderString(HttpHeaders.ACCEPT) != null) {
                request.getAcceptableMediaTypes();
            }
            if (request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE) != null) {
                request.getAcceptableLanguages();
            }
            if (request.getHeaderString(HttpHeaders.CONTENT_LANGUAGE) != null) {
                request.getLanguage();
            }
        } catch (ProcessingException e) {
            throw new ProblemException(Problems.BAD_REQUEST, "A header about types or languages cannot be read.");
        }
        boolean odd = odd(request.getUriInfo().getPath(true));
        if (request.getUriInfo().getRequestUri().getRawQuery() != null) {
            for (List<String> values :
                    request.getUriInfo().getQueryParameters(true).values()) {
                odd |= values.stream().anyMatch(ReadableRequest::odd);
            }
        }
        if (odd) {
            throw new ProblemException(Problems.BAD_REQUEST, "The address has a character that no text can have.");
        }
    }

    private static boolean odd(String text) {
        boolean odd = false;
        for (int i = 0; i < text.length() && !odd; i++) {
            char c = text.charAt(i);
            // two halves that belong together are one character
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            odd = c == 0 || Character.isSurrogate(c) && !pair;
            i += pair ? 1 : 0;
        }
        return odd;
    }

    /** Whether Content-Type can be read, and there is one at most. Jersey asks before any filter is called. */
    static boolean contentType(HttpServletRequest request) {
        Enumeration<String> headers = request.getHeaders("Content-Type");
        if (headers == null || !headers.hasMoreElements()) {
            return true;
        }
        try {
            String type = headers.nextElement();
            if (!USUAL.contains(type)) {
                MediaType.valueOf(type);
            }
            return !headers.hasMoreElements();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

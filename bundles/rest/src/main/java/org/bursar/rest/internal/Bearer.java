package org.bursar.rest.internal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token of an Authorization header. */
final class Bearer {
    private static final String SCHEME = "Bearer ";
    private static final int LONGEST = 512;

    private Bearer() {}

    static Optional<String> token(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String token = header.substring(SCHEME.length()).strip();
        return token.isEmpty() || token.length() > LONGEST ? Optional.empty() : Optional.of(token);
    }
}

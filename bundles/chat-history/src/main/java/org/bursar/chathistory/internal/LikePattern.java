package org.bursar.chathistory.internal;

import java.util.Locale;

/** Patterns for LIKE in which nothing that a person types is special. */
final class LikePattern {
    private LikePattern() {}

    /** Matches texts in lower case that contain this one in any case. */
    static String containing(String text) {
        return '%'
                + text.toLowerCase(Locale.ROOT)
                        .replace("\\", "\\\\")
                        .replace("%", "\\%")
                        .replace("_", "\\_")
                + '%';
    }
}

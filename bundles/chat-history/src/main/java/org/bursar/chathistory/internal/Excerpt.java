package org.bursar.chathistory.internal;

import org.bursar.chathistory.Threads;

/** The beginning of a message, on one line. */
final class Excerpt {
    private Excerpt() {}

    /** At most {@value Threads#EXCERPT_LENGTH} characters, never half of one; a cut one ends in an ellipsis. */
    static String of(String content) {
        String line = content.strip().replaceAll("\\s+", " ");
        if (line.codePointCount(0, line.length()) <= Threads.EXCERPT_LENGTH) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, Threads.EXCERPT_LENGTH - 1)) + '…';
    }
}

package org.bursar.mail;

import java.util.Optional;
import org.bursar.kernel.CustomerId;

/**
 * A message in plain text.
 *
 * @param kind what it is for, in kebab-case ({@code welcome}): shown in lists in place of the text
 * @param to one address, at most 254 characters
 * @param subject made one line of at most 200 characters: a name in it, whatever its own line breaks and length, must
 *     not make the transaction fail that the mail is about
 * @param text lines end in {@code \n}; at most 100,000 characters
 * @param customer whose it is, so that erasure finds it; empty for a platform user's
 */
public record Mail(String kind, String to, String subject, String text, Optional<CustomerId> customer) {
    private static final int LONGEST_ADDRESS = 254;
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_TEXT = 100_000;

    public Mail {
        if (!kind.matches("[a-z][a-z0-9-]{0,63}")) {
            throw new IllegalArgumentException("a kind is in kebab-case");
        }
        // a line break in an address or a subject would begin another header
        if (to.isBlank() || to.length() > LONGEST_ADDRESS || hasControl(to)) {
            throw new IllegalArgumentException("not an address");
        }
        subject = line(subject);
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("a text has at most " + LONGEST_TEXT + " characters");
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Mail::isControl);
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    private static String line(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().map(c -> isControl(c) ? ' ' : c).forEach(line::appendCodePoint);
        if (line.codePointCount(0, line.length()) > LONGEST_SUBJECT) {
            line.setLength(line.offsetByCodePoints(0, LONGEST_SUBJECT - 1));
            line.append('…');
        }
        return line.toString().strip();
    }
}

package org.bursar.mail;

import java.util.Optional;
import org.bursar.kernel.CustomerId;

/**
 * A message in plain text.
 *
 * @param kind what it is for, in kebab-case ({@code welcome}): shown in lists in place of the text
 * @param to one address
 * @param subject one line, at most 200 characters
 * @param text lines end in {@code \n}
 * @param customer whose it is, so that erasure finds it; empty for a platform user's
 */
public record Mail(String kind, String to, String subject, String text, Optional<CustomerId> customer) {
    private static final int LONGEST_SUBJECT = 200;

    public Mail {
        if (to.isBlank() || to.contains("\n") || to.contains("\r")) {
            throw new IllegalArgumentException("not an address");
        }
        if (subject.contains("\n") || subject.contains("\r") || subject.length() > LONGEST_SUBJECT) {
            throw new IllegalArgumentException("a subject is one line of at most " + LONGEST_SUBJECT + " characters");
        }
    }
}

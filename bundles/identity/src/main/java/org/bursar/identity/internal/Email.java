package org.bursar.identity.internal;

import java.util.Locale;
import java.util.regex.Pattern;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address as a login: ASCII, since only these are delivered everywhere and have one lower case. Two
 * addresses that
 * differ in case alone are the same.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1">RFC 5321, size limits</a>
 */
record Email(String text) {
    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL = 64;
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
                    + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    /** Checks a form's field; the answer counts only once {@link Checks#done()} has passed. */
    static Email checked(Checks checks, String pointer, @Nullable String value) {
        String text = checks.text(pointer, value, LONGEST);
        if (!text.isEmpty() && !valid(text)) {
            checks.error(pointer, FieldProblems.INVALID_EMAIL, "an e-mail address such as jonas@acmecorp.example");
        }
        return new Email(text);
    }

    /** Whether a text is an address. */
    static boolean valid(String text) {
        // the length first: the pattern is tried on short texts alone
        return text.length() <= LONGEST
                && text.indexOf('@') <= LONGEST_LOCAL
                && FORM.matcher(text).matches();
    }

    /** What is compared. */
    String key() {
        return text.toLowerCase(Locale.ROOT);
    }
}

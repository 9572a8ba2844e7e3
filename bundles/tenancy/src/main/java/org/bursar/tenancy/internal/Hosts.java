package org.bursar.tenancy.internal;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.tenancy.TenancyProblems;
import org.jspecify.annotations.Nullable;

/** Host names of tenants, in lower case ASCII. */
final class Hosts {
    static final String LOCAL = ".localhost";

    private static final int LONGEST = 253;
    private static final Pattern FORM =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private Hosts() {}

    /**
     * Checks a form's field: a full name such as {@code app.harborlight.example}; no address, no port, not the
     * platform's own.
     */
    static String checked(Checks checks, String pointer, @Nullable String value, String platform) {
        String text = checks.text(pointer, value, LONGEST);
        if (text.isEmpty()) {
            return text;
        }
        String host = ascii(text);
        // the last label begins with a letter, so that no IP address passes for a name
        if (!possible(host)) {
            checks.error(pointer, TenancyProblems.INVALID_HOST, "a host name such as app.harborlight.example");
        } else if (host.equals(platform) || host.endsWith(LOCAL)) {
            checks.error(pointer, FieldProblems.RESERVED, "not a host of the platform's own");
        }
        return host;
    }

    /** Whether a text can be a host that is stored, so that others need not be looked up. */
    static boolean possible(String host) {
        return host.length() <= LONGEST && FORM.matcher(host).matches();
    }

    /** The form that is stored and looked up. */
    static String ascii(String text) {
        try {
            return IDN.toASCII(text).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            // no host name at all; the pattern refuses it
            return text;
        }
    }
}

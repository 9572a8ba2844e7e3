package org.bursar.customers.internal;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Websites: a host name such as {@code acmecorp.example}, or a URL of http or https. */
final class Websites {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private Websites() {}

    /** Whether it is one. Anything else that a page might make a link of, such as {@code javascript:}, is not. */
    static boolean isOne(String text) {
        int scheme = text.indexOf("://");
        if (scheme >= 0 && !text.substring(0, scheme).toLowerCase(Locale.ROOT).matches("https?")) {
            return false;
        }
        String rest = scheme >= 0 ? text.substring(scheme + 3) : text;
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return hasHost(rest.substring(0, end)) && isPath(rest.substring(end));
    }

    private static boolean hasHost(String authority) {
        int colon = authority.indexOf(':');
        if (colon >= 0 && !authority.substring(colon + 1).matches("[0-9]{1,5}")) {
            return false;
        }
        String host = colon >= 0 ? authority.substring(0, colon) : authority;
        try {
            String[] labels = IDN.toASCII(host).toLowerCase(Locale.ROOT).split("\\.", -1);
            for (String label : labels) {
                if (!LABEL.matcher(label).matches()) {
                    return false;
                }
            }
            return labels.length > 1;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPath(String text) {
        try {
            return text.isEmpty()
                    || !new URI("https://host.example" + text).toASCIIString().isEmpty();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}

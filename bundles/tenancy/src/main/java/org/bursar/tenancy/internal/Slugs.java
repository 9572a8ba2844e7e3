package org.bursar.tenancy.internal;

import java.util.Set;
import java.util.regex.Pattern;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.tenancy.TenancyProblems;
import org.jspecify.annotations.Nullable;

/** A tenant's short name, which is part of its host name. */
final class Slugs {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 40;
    private static final Pattern FORM = Pattern.compile("[a-z0-9](-?[a-z0-9])*");
    // what people would take for the platform itself
    private static final Set<String> RESERVED = Set.of(
            "account",
            "accounts",
            "admin",
            "administrator",
            "api",
            "app",
            "assets",
            "auth",
            "billing",
            "blog",
            "bursar",
            "cdn",
            "console",
            "dashboard",
            "docs",
            "ftp",
            "health",
            "help",
            "imap",
            "internal",
            "localhost",
            "login",
            "mail",
            "metrics",
            "mx",
            "ns1",
            "ns2",
            "operator",
            "platform",
            "pop",
            "portal",
            "postmaster",
            "problems",
            "public",
            "root",
            "security",
            "signin",
            "signup",
            "smtp",
            "static",
            "status",
            "support",
            "system",
            "webhooks",
            "webmail",
            "www");

    private Slugs() {}

    /** Checks a form's field. */
    static String checked(Checks checks, String pointer, @Nullable String slug) {
        if (slug == null || slug.isEmpty()) {
            checks.error(pointer, FieldProblems.REQUIRED, "required");
            return "";
        }
        if (slug.length() < SHORTEST
                || slug.length() > LONGEST
                || !FORM.matcher(slug).matches()) {
            checks.error(
                    pointer,
                    TenancyProblems.INVALID_SLUG,
                    SHORTEST + " to " + LONGEST + " lower case letters and digits, with single hyphens between them");
        } else if (RESERVED.contains(slug)) {
            checks.error(pointer, FieldProblems.RESERVED, "reserved; choose another one");
        }
        return slug;
    }

    /** Whether a text can be a slug at all, so that others need not be looked up. */
    static boolean possible(String text) {
        return text.length() >= SHORTEST
                && text.length() <= LONGEST
                && FORM.matcher(text).matches();
    }
}

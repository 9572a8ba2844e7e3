package org.bursar.tenancy.internal;

import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.jspecify.annotations.Nullable;

/** Names of tenants, brands and workspaces. */
final class Names {
    private Names() {}

    /** A name at {@code /name}, on one line: it stands in the heads of mails. */
    static String checked(Checks checks, @Nullable String value, int longest) {
        String text = checks.text("/name", value, longest);
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\t') >= 0) {
            checks.error("/name", FieldProblems.NOT_PRINTABLE, "one line");
        }
        return text;
    }
}

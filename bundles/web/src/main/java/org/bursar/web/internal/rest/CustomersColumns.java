package org.bursar.web.internal.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bursar.web.internal.Visit;

/**
 * Which columns of the customer list are shown beside the name. They are remembered by a cookie of the browser, as the theme is: a
 * link to the list says what is looked for, and not how its reader looks at it.
 */
public record CustomersColumns(Set<String> shown) {
    /** What can be chosen, in the order of the columns; each is the key of its head. */
    public static final List<String> ALL =
            List.of("status", "plan", "balance", "messages", "threads", "purchases", "usage", "registered");

    static final String COOKIE = "columns";
    private static final CustomersColumns USUAL =
            new CustomersColumns(Set.of("status", "plan", "balance", "messages", "threads", "usage", "registered"));
    private static final String NONE = "none";
    private static final long SECONDS = 31_536_000;

    static CustomersColumns of(Visit visit) {
        return visit.cookies().columns().map(CustomersColumns::of).orElse(USUAL);
    }

    /** As the cookie says it; what is no column is left out, and nothing at all is as usual. */
    static CustomersColumns of(String cookie) {
        List<String> named = Arrays.asList(cookie.split("\\.", -1));
        List<String> known = new ArrayList<>(ALL);
        known.retainAll(named);
        return known.isEmpty() && !named.contains(NONE) ? USUAL : new CustomersColumns(Set.copyOf(known));
    }

    /** The cookie that remembers what was chosen. */
    static String remembered(Visit visit, Collection<String> chosen) {
        List<String> known = new ArrayList<>(ALL);
        known.retainAll(chosen);
        return visit.cookies().set(COOKIE, known.isEmpty() ? NONE : String.join(".", known), SECONDS);
    }

    public boolean has(String column) {
        return shown.contains(column);
    }
}

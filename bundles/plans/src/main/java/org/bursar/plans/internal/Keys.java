package org.bursar.plans.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bursar.kernel.AddOnId;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.Page;
import org.bursar.kernel.PlanId;
import org.jspecify.annotations.Nullable;

/** The keys of meters, plans and add-ons: names that people choose and programs use, never to be mistaken for ids. */
final class Keys {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    private static final List<String> RESERVED =
            List.of(AddOnId.PREFIX + '_', MeterId.PREFIX + '_', PlanId.PREFIX + '_');

    private Keys() {}

    /** Checks a key that somebody chose. */
    static String checked(Checks checks, @Nullable String value) {
        String key = checks.text("/key", value, 100);
        if (!key.isEmpty()) {
            checks.that(
                    KEY.matcher(key).matches() && RESERVED.stream().noneMatch(key::startsWith),
                    "/key",
                    FieldProblems.MALFORMED,
                    "letters, digits, dot, underscore, colon and hyphen, at most 100, beginning with a letter or digit");
        }
        return key;
    }

    /** The meter's id when the name is the text of one. */
    static Optional<MeterId> meterId(String name) {
        return parsed(name, MeterId.PREFIX, MeterId::fromString);
    }

    /** The plan's id when the name is the text of one. */
    static Optional<PlanId> planId(String name) {
        return parsed(name, PlanId.PREFIX, PlanId::fromString);
    }

    /** The add-on's id when the name is the text of one. */
    static Optional<AddOnId> addOnId(String name) {
        return parsed(name, AddOnId.PREFIX, AddOnId::fromString);
    }

    private static <T> Optional<T> parsed(String name, String prefix, Function<String, T> parse) {
        if (!name.startsWith(prefix + "_")) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether a name can be anybody's key or id at all: what cannot is not sent to the database. */
    static boolean possible(String name) {
        return KEY.matcher(name).matches();
    }

    /** The key after which a page begins; empty for the first page. */
    static String after(String sort, Page.Request page) {
        if (page.after() == null) {
            return "";
        }
        String key = Cursor.decode(sort, 1, page.after()).get(0);
        if (!possible(key)) {
            throw Cursor.bad();
        }
        return key;
    }
}

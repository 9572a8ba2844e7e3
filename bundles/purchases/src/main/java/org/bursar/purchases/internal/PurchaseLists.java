package org.bursar.purchases.internal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bursar.customers.CustomerSearch;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Money;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.purchases.PurchaseFilter;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.jspecify.annotations.Nullable;

/** Pages of purchases, the newest first; of two that were placed in the same moment the one with the higher number. */
final class PurchaseLists {
    private static final String NEWEST_FIRST = "-placed";
    /** Of so many customers a search reads purchases; who means one writes more of its name. */
    static final int MOST_CUSTOMERS = 200;

    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");
    private static final Pattern NUMBER = Pattern.compile("(?i)(pur[- ]?)?([0-9]{1,18})");

    private final CustomerSearch customers;
    private final PurchaseMapper mapper;

    PurchaseLists(CustomerSearch customers, PurchaseMapper mapper) {
        this.customers = customers;
        this.mapper = mapper;
    }

    /** Behind which purchase a page begins. */
    private record Place(Instant placed, long number) {
        static final Place FIRST = new Place(EVER, Long.MAX_VALUE);

        static Place behind(@Nullable String cursor) {
            if (cursor == null) {
                return FIRST;
            }
            List<String> keys = Cursor.decode(NEWEST_FIRST, 2, cursor);
            try {
                Place place = new Place(Instant.parse(keys.get(0)), Long.parseLong(keys.get(1)));
                if (place.placed.isBefore(EVER) && !place.placed.isBefore(Instant.EPOCH)) {
                    return place;
                }
            } catch (DateTimeParseException | NumberFormatException e) {
                throw Cursor.bad();
            }
            throw Cursor.bad();
        }

        /** The later in the list of this place and the last moment before the end of a period. */
        Place orBefore(Optional<Instant> end) {
            return end.filter(placed::isAfter).map(at -> new Place(at, 0)).orElse(this);
        }
    }

    /** One page; joins the caller's transaction. */
    Page<PurchaseRow> page(Scope scope, PurchaseFilter filter, Page.Request page) {
        Place place = Place.behind(page.after()).orBefore(filter.to());
        return Page.of(
                rows(scope, filter, place, page.limit() + 1),
                page,
                row -> Cursor.encode(NEWEST_FIRST, row.createdAt(), row.number()));
    }

    private List<PurchaseRow> rows(Scope scope, PurchaseFilter filter, Place place, int limit) {
        PurchaseState state = filter.state().orElse(null);
        String gateway = filter.gateway().orElse(null);
        Money price = filter.price().orElse(null);
        Instant from = filter.from().orElse(null);
        if (filter.text().isPresent()) {
            return search(scope, filter, filter.text().get(), place, limit);
        }
        return filter.customer().isPresent()
                ? mapper.ofCustomer(
                        scope.tenant(),
                        filter.customer().get(),
                        state,
                        gateway,
                        price,
                        from,
                        place.placed(),
                        place.number(),
                        limit)
                : mapper.ofTenant(scope.tenant(), state, gateway, price, from, place.placed(), place.number(), limit);
    }

    private List<PurchaseRow> search(Scope scope, PurchaseFilter filter, String text, Place place, int limit) {
        Matcher number = NUMBER.matcher(text);
        boolean numbered = number.matches();
        // with the prefix a number alone is meant, and no company that is called so
        boolean named = !numbered || number.group(1) == null;
        List<CustomerId> like = named ? customers.like(scope, text, MOST_CUSTOMERS + 1) : List.of();
        if (like.size() > MOST_CUSTOMERS) {
            throw new ProblemException(Problems.invalid(
                    "/q",
                    FieldProblems.TOO_MANY,
                    "more than " + MOST_CUSTOMERS + " customers are like this; write more of the name"));
        }
        UUID[] theirs = like.stream()
                .filter(one -> filter.customer().map(one::equals).orElse(true))
                .map(CustomerId::uuid)
                .toArray(UUID[]::new);
        return mapper.search(
                scope.tenant(),
                theirs,
                numbered ? Long.parseLong(number.group(2)) : 0,
                text,
                filter.customer().orElse(null),
                filter.state().orElse(null),
                filter.gateway().orElse(null),
                filter.price().orElse(null),
                filter.from().orElse(null),
                place.placed(),
                place.number(),
                limit);
    }
}

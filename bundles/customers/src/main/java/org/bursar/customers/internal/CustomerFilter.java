package org.bursar.customers.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.jspecify.annotations.Nullable;

/**
 * Which customers of the list are asked for, and in which order.
 *
 * @param text part of a name or of the admin's e-mail, in any case; null: all
 * @param standing null: all but the deleted
 * @param plan the key of a plan; null: all
 * @param country the ISO 3166-1 code of the address's; null: any
 * @param registered null: at any time
 * @param balance null: any
 */
public record CustomerFilter(
        @Nullable String text,
        @Nullable String standing,
        @Nullable String plan,
        @Nullable String country,
        @Nullable Registered registered,
        @Nullable Sign balance,
        Sort sort) {
    /** How many can be asked for by their ids. */
    public static final int MOST_CHOSEN = 200;

    private static final int LONGEST = 200;

    /** The order of the list. */
    public enum Sort {
        NEWEST_FIRST("-registered"),
        OLDEST_FIRST("registered"),
        /** From A to Z, in any case. */
        NAME("name"),
        /** From Z to A. */
        NAME_DOWN("-name");

        private final String key;

        Sort(String key) {
            this.key = key;
        }

        /** How a request names it; a cursor of one order is none of another. */
        String key() {
            return key;
        }

        boolean byName() {
            return this == NAME || this == NAME_DOWN;
        }

        boolean down() {
            return this == NEWEST_FIRST || this == NAME_DOWN;
        }
    }

    /** On which side of zero a balance is. */
    public enum Sign {
        NEGATIVE(-1),
        ZERO(0),
        POSITIVE(1);

        private final int signum;

        Sign(int signum) {
            this.signum = signum;
        }

        /** How a request names it. */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a balance as its owner tells it is one of these; none is, while the owner is not there. */
        boolean has(@Nullable Object balance) {
            return balance != null && new BigDecimal(balance.toString()).signum() == signum;
        }
    }

    /** Before and after every customer. */
    private static final Instant FIRST = Instant.EPOCH;

    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    /** Every customer, the newest first. */
    public static final CustomerFilter ALL = new CustomerFilter(null, null, null, null, null, null, Sort.NEWEST_FIRST);

    /** The query of a request, as it was sent. */
    public record Query(
            @Nullable String q,
            @Nullable String status,
            @Nullable String plan,
            @Nullable String country,
            @Nullable String from,
            @Nullable String to,
            @Nullable String balance,
            @Nullable String sort) {}

    /**
     * The customers that a request names by their ids, of which it says nothing else.
     *
     * @param customers ids with commas between them
     * @return empty where none are named
     * @throws org.bursar.kernel.ProblemException {@code invalid} at {@code /customers}
     */
    public static Set<CustomerId> chosen(@Nullable String customers, Query besides) {
        Checks checks = new Checks();
        Set<CustomerId> chosen = checks.ids("/customers", customers, CustomerId::fromString, MOST_CHOSEN);
        checks.that(
                chosen.isEmpty() || of(besides).equals(ALL),
                "/customers",
                FieldProblems.NOT_HERE,
                "without q, status, plan, country, from, to, balance and sort");
        checks.done();
        return chosen;
    }

    /**
     * Reads the query of a request.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid} at {@code /q}, {@code /status}, {@code /plan}, {@code /country},
     *     {@code /from}, {@code /to}, {@code /balance} or {@code /sort}
     */
    public static CustomerFilter of(Query query) {
        String q = query.q();
        String status = query.status();
        String plan = query.plan();
        String sort = query.sort();
        Checks checks = new Checks();
        String text = checks.optionalText("/q", q, LONGEST);
        String standing = checks.optionalText("/status", status, LONGEST);
        checks.that(
                standing == null || Standing.known(standing),
                "/status",
                FieldProblems.UNKNOWN_VALUE,
                "active, trialing, past_due, cancelled, locked, suspended, inactive or deleted");
        String key = checks.optionalText("/plan", plan, LONGEST);
        Sort order = Arrays.stream(Sort.values())
                .filter(known -> known.key().equals(sort))
                .findAny()
                .orElse(Sort.NEWEST_FIRST);
        checks.that(
                sort == null || order.key().equals(sort),
                "/sort",
                FieldProblems.UNKNOWN_VALUE,
                "-registered (newest first), registered, name or -name");
        String country = new CustomerChecks(checks).country(query.country());
        Instant from = checks.begin("/from", query.from());
        Instant to = checks.end("/to", query.to());
        Sign balance = balance(checks, query.balance());
        checks.done();
        Registered registered =
                from == null && to == null ? null : new Registered(from == null ? FIRST : from, to == null ? LAST : to);
        return new CustomerFilter(text, standing, key, country, registered, balance, order);
    }

    private static @Nullable Sign balance(Checks checks, @Nullable String value) {
        String said = checks.optionalText("/balance", value, LONGEST);
        Sign sign = Arrays.stream(Sign.values())
                .filter(known -> known.key().equals(said))
                .findAny()
                .orElse(null);
        checks.that(
                said == null || sign != null, "/balance", FieldProblems.UNKNOWN_VALUE, "negative, zero or positive");
        return sign;
    }

    /** The account status that such customers have; null: any but deleted. */
    @Nullable
    AccountStatus only() {
        if (standing == null) {
            return null;
        }
        AccountStatus account = Standing.account(standing);
        return account == null ? AccountStatus.ACTIVE : account;
    }

    /** The same for the search, by name. */
    String[] statuses() {
        AccountStatus only = only();
        return Arrays.stream(AccountStatus.values())
                .filter(status -> only == null ? status != AccountStatus.DELETED : status == only)
                .map(Enum::name)
                .toArray(String[]::new);
    }

    /** Whether it takes the facts of other capabilities to tell. */
    boolean needsFacts() {
        return plan != null || balance != null || standing != null && Standing.account(standing) == null;
    }

    boolean matches(FoundCustomer found) {
        return (standing == null || standing.equals(found.standing()))
                && (plan == null || plan.equals(found.facts().get(CustomerDirectory.PLAN)))
                && (balance == null || balance.has(found.facts().get(CustomerDirectory.BALANCE)));
    }

    /** The pattern for LIKE; null when all are asked for. */
    @Nullable
    String pattern() {
        return text == null ? null : pattern(text);
    }

    /** The pattern for LIKE that finds whatever holds the text. */
    static String pattern(String text) {
        return '%' + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + '%';
    }
}

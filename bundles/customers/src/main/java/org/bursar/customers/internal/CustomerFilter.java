package org.bursar.customers.internal;

import java.util.Arrays;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.jspecify.annotations.Nullable;

/**
 * Which customers of the list are asked for, and in which order.
 *
 * @param text part of a name or of the admin's e-mail, in any case; null: all
 * @param standing null: all but the deleted
 * @param plan the key of a plan; null: all
 */
public record CustomerFilter(
        @Nullable String text,
        @Nullable String standing,
        @Nullable String plan,
        Sort sort) {
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

    /** Every customer, the newest first. */
    public static final CustomerFilter ALL = new CustomerFilter(null, null, null, Sort.NEWEST_FIRST);

    /**
     * Reads the query of a request.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid} at {@code /q}, {@code /status}, {@code /plan} or {@code /sort}
     */
    public static CustomerFilter of(
            @Nullable String q, @Nullable String status, @Nullable String plan, @Nullable String sort) {
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
        checks.done();
        return new CustomerFilter(text, standing, key, order);
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
        return plan != null || standing != null && Standing.account(standing) == null;
    }

    boolean matches(FoundCustomer found) {
        return (standing == null || standing.equals(found.standing()))
                && (plan == null || plan.equals(found.facts().get(CustomerDirectory.PLAN)));
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

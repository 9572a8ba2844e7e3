package org.bursar.identity.internal;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bursar.identity.IdentityProblems;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.rest.Caller;
import org.jspecify.annotations.Nullable;

/** The permissions there are, those that a role brings, and who may give them to whom. */
final class Permissions {
    /** Everything of one's level. */
    static final Set<String> ALL = Set.of("*");

    /** What a customer's admin may, always held to its own customer. */
    static final Set<String> CUSTOMER_ADMIN = Set.of(
            "users:*",
            "permission-sets:*",
            "customers:read",
            "access:read",
            "workspaces:read",
            "plans:read",
            "subscriptions:read",
            "wallets:read",
            "caps:*",
            "usage:read",
            "packages:read",
            "purchases:read",
            "purchases:write",
            "gateways:read",
            "threads:*",
            "reports:read");

    /** What a member with full access may: all that the admin may, but manage people. */
    static final Set<String> FULL = Set.of(
            "users:read",
            "customers:read",
            "access:read",
            "workspaces:read",
            "plans:read",
            "subscriptions:read",
            "wallets:read",
            "usage:read",
            "packages:read",
            "purchases:read",
            "purchases:write",
            "gateways:read",
            "threads:*",
            "reports:read");

    static final Set<String> READ_ONLY = FULL.stream()
            .filter(permission -> permission.endsWith(":read"))
            .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), set -> {
                set.add("threads:read");
                return Set.copyOf(set);
            }));

    /** Chats, and what is left to spend on them. */
    static final Set<String> LIMITED =
            Set.of("access:read", "wallets:read", "usage:read", "threads:read", "threads:write");

    /** What a disabled user still reaches: the dashboard and its message. */
    static final Set<String> DASHBOARD = Set.of(
            "access:read",
            "customers:read",
            "subscriptions:read",
            "wallets:read",
            "usage:read",
            "purchases:read",
            "threads:read");

    /** What a key of one customer may at most: beside the admin's, what an application needs to count use. */
    static final Set<String> CUSTOMERS_KEY = Stream.concat(
                    CUSTOMER_ADMIN.stream(), Stream.of("holds:*", "leases:*", "usage:*"))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> TENANT_KNOWN = Stream.of(
                    "customers:read,write",
                    "access:read",
                    "workspaces:read,write",
                    "users:read,write",
                    "permission-sets:read,write",
                    "api-keys:read,write",
                    "audit:read",
                    "brand:read,write",
                    "clock:read,write",
                    "domains:read,write",
                    "plans:read,write",
                    "subscriptions:read,write",
                    "wallets:read,adjust",
                    "caps:read,write",
                    "holds:read,write",
                    "leases:read,write",
                    "usage:read,write",
                    "packages:read,write",
                    "purchases:read,write,approve",
                    "gateways:read,write",
                    "threads:read,write",
                    "reports:read,profitability",
                    "webhooks:read,write",
                    "mails:read")
            .flatMap(Permissions::ofGroup)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> PLATFORM_KNOWN = Stream.of("tenants:read,write", "metrics:read")
            .flatMap(Permissions::ofGroup)
            .collect(Collectors.toUnmodifiableSet());
    /** What is left in a suspended tenant: reading, paying and taking payments, and the end of what has begun. */
    static final Set<String> SUSPENDED_TENANT = Stream.concat(
                    TENANT_KNOWN.stream().filter(permission -> permission.endsWith(":read")),
                    Stream.of(
                            "reports:profitability",
                            "purchases:write",
                            "purchases:approve",
                            "holds:write",
                            "leases:write",
                            "usage:write",
                            "threads:write"))
            .collect(Collectors.toUnmodifiableSet());

    private static final int MOST = 100;

    private Permissions() {}

    private static Stream<String> ofGroup(String group) {
        int colon = group.indexOf(':');
        String name = group.substring(0, colon + 1);
        return Stream.concat(
                Stream.of(name + '*'),
                Stream.of(group.substring(colon + 1).split(",")).map(name::concat));
    }

    /** Checks a form's list: known names, at least one, sorted, none twice. */
    static List<String> checked(Checks checks, String pointer, @Nullable List<String> permissions, boolean platform) {
        if (permissions == null || permissions.isEmpty() || permissions.size() > MOST) {
            checks.error(pointer, FieldProblems.REQUIRED, "1 to " + MOST + " permissions, or \"*\" for all");
            return List.of();
        }
        for (int i = 0; i < permissions.size(); i++) {
            String permission = permissions.get(i);
            boolean known = permission != null
                    && (permission.equals("*")
                            || TENANT_KNOWN.contains(permission)
                            || platform && PLATFORM_KNOWN.contains(permission));
            checks.that(
                    known,
                    pointer + '/' + i,
                    IdentityProblems.UNKNOWN_PERMISSION,
                    "a permission such as customers:read");
        }
        return checks.clean() ? List.copyOf(new TreeSet<>(permissions)) : List.of();
    }

    /** Holds the checked permissions of a key to what one of a customer may; everything is as much as it may. */
    static List<String> ofCustomersKey(
            Checks checks, String pointer, @Nullable List<String> sent, List<String> permissions) {
        // what is no permission at all was complained of already
        List<String> asked = sent == null || !checks.clean() ? List.of() : sent;
        for (int i = 0; i < asked.size(); i++) {
            String permission = asked.get(i);
            checks.that(
                    permission.equals("*") || cover(CUSTOMERS_KEY, permission),
                    pointer + '/' + i,
                    IdentityProblems.NOT_FOR_CUSTOMERS,
                    "not for a key that is held to a customer");
        }
        return permissions.contains("*") ? List.copyOf(new TreeSet<>(CUSTOMERS_KEY)) : permissions;
    }

    /**
     * Refuses to give what the giver does not have.
     *
     * @throws ProblemException {@code forbidden}
     */
    static void requireGrantable(Caller giver, Collection<String> permissions) {
        for (String permission : permissions) {
            if (!giver.may(permission)) {
                throw new ProblemException(
                        Problems.FORBIDDEN,
                        "You cannot give the permission " + permission + ", which you do not have.");
            }
        }
    }

    /**
     * Refuses to change somebody who has what the changer does not have.
     *
     * @throws ProblemException {@code forbidden}
     */
    static void requireNotStronger(Caller changer, Collection<String> permissions) {
        for (String permission : permissions) {
            if (!changer.may(permission)) {
                throw new ProblemException(
                        Problems.FORBIDDEN, "The user has the permission " + permission + ", which you do not have.");
            }
        }
    }

    /** From the text that the database keeps. */
    static Set<String> split(@Nullable String spaced) {
        return spaced == null || spaced.isBlank() ? Set.of() : Set.of(spaced.split(" "));
    }

    /** What both the permissions and the bounds cover. */
    static Set<String> within(Set<String> permissions, Set<String> bounds) {
        Set<String> both = new TreeSet<>();
        permissions.stream().filter(permission -> cover(bounds, permission)).forEach(both::add);
        bounds.stream().filter(bound -> cover(permissions, bound)).forEach(both::add);
        return Set.copyOf(both);
    }

    private static boolean cover(Set<String> having, String permission) {
        return having.contains("*")
                || having.contains(permission)
                || having.contains(permission.substring(0, permission.indexOf(':') + 1) + '*');
    }
}

package org.bursar.rest;

import java.util.Optional;
import java.util.Set;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;

/**
 * Who calls, as the authenticator found.
 *
 * @param tenant in which tenant; empty for a platform user who named none
 * @param customers empty: all customers of the tenant; else the caller's own
 * @param permissions such as {@code customers:read}, {@code customers:*} or {@code *}, in the tenant, or on the platform when there is none
 * @param platformAdmin whether the caller administers the platform
 * @param user the user behind a session; empty for an API key
 * @param passwordDue whether the user must replace a temporary password before anything else, and has no permissions until then
 * @param withheld the permissions that would be the caller's if the tenant were not suspended; empty while it is not
 */
public record Caller(
        Actor actor,
        Optional<TenantId> tenant,
        Optional<Set<CustomerId>> customers,
        Set<String> permissions,
        boolean platformAdmin,
        Optional<UserId> user,
        boolean passwordDue,
        Set<String> withheld) {
    public Caller {
        customers = customers.map(Set::copyOf);
        permissions = Set.copyOf(permissions);
        withheld = Set.copyOf(withheld);
    }

    /** A caller in a tenant that is not suspended, or outside of any. */
    public Caller(
            Actor actor,
            Optional<TenantId> tenant,
            Optional<Set<CustomerId>> customers,
            Set<String> permissions,
            boolean platformAdmin,
            Optional<UserId> user,
            boolean passwordDue) {
        this(actor, tenant, customers, permissions, platformAdmin, user, passwordDue, Set.of());
    }

    /** A caller whose password, if there is one, is its own. */
    public Caller(
            Actor actor,
            Optional<TenantId> tenant,
            Optional<Set<CustomerId>> customers,
            Set<String> permissions,
            boolean platformAdmin,
            Optional<UserId> user) {
        this(actor, tenant, customers, permissions, platformAdmin, user, false);
    }

    /** The same caller while its tenant is suspended: what it may is held to what is left to it. */
    public Caller held(Set<String> left) {
        return new Caller(actor, tenant, customers, left, platformAdmin, user, passwordDue, permissions);
    }

    /** Whether the caller has the permission, by itself, by its group's {@code x:*}, or by {@code *}. */
    public boolean may(String permission) {
        return covers(permissions, permission);
    }

    private static boolean covers(Set<String> permissions, String permission) {
        int colon = permission.indexOf(':');
        return permissions.contains("*")
                || permissions.contains(permission)
                || colon > 0 && permissions.contains(permission.substring(0, colon) + ":*");
    }

    /** What to refuse a caller with who has not got what is needed. */
    public ProblemException refusal(String permission) {
        if (passwordDue) {
            return new ProblemException(
                    RestProblems.PASSWORD_CHANGE_REQUIRED, RestProblems.PASSWORD_CHANGE_REQUIRED.cure());
        }
        return covers(withheld, permission)
                ? new ProblemException(
                        Problems.TENANT_SUSPENDED,
                        "The service is suspended: reading, exporting and paying still work, other changes do not.")
                : new ProblemException(Problems.FORBIDDEN, "This needs the permission " + permission + '.');
    }

    /** What the caller sees; the platform's own rows when no tenant is named. */
    public Scope scope() {
        return new Scope(tenant.orElse(Scope.PLATFORM), customers, actor);
    }
}

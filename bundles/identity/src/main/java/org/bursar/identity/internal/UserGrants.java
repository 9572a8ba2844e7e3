package org.bursar.identity.internal;

import java.util.Optional;
import java.util.Set;
import org.bursar.database.Database;
import org.bursar.identity.internal.sql.KeyMapper;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.PermissionSetId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.rest.Caller;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who may make whom what. */
@Component(service = UserGrants.class)
public final class UserGrants {
    private final KeyMapper keys;

    @Activate
    public UserGrants(@Reference Database database) {
        this.keys = database.mapper("identity", KeyMapper.class);
    }

    /** The permission set that goes with an access; whatever does not is added to the checks. */
    @Nullable
    PermissionSetId set(
            Scope scope,
            Checks checks,
            AccessLevel access,
            @Nullable PermissionSetId set,
            @Nullable CustomerId customer) {
        if (access != AccessLevel.CUSTOM) {
            checks.that(set == null, "/permissionSet", FieldProblems.NOT_HERE, "only with access custom");
            return null;
        }
        if (set == null) {
            checks.error("/permissionSet", FieldProblems.REQUIRED, "required with access custom");
            return null;
        }
        Optional<KeyMapper.SetRow> row = keys.set(scope.tenant(), set);
        boolean usable = row.isPresent()
                && (row.get().customerId() == null || row.get().customerId().equals(customer));
        checks.that(usable, "/permissionSet", FieldProblems.NOT_FOUND, "no such permission set");
        return set;
    }

    /** Refuses a customer's admin who would name another. */
    static void requireMayName(Caller caller, Role role) {
        if (role == Role.CUSTOMER_ADMIN && caller.customers().isPresent()) {
            throw new ProblemException(Problems.FORBIDDEN, "Only the tenant names a customer's admins.");
        }
    }

    /** Refuses a role or access that brings what the caller does not have. */
    void requireGrantable(Caller caller, Role role, AccessLevel access, @Nullable PermissionSetId set) {
        Permissions.requireGrantable(caller, permissions(caller, role, access, set));
    }

    /** Refuses to change a user who may what the caller may not; a platform user is changed by who may everything. */
    void requireNotStronger(Caller caller, UserRow user) {
        Permissions.requireNotStronger(
                caller,
                user.customerId() == null
                        ? Permissions.ALL
                        : permissions(caller, user.role(), user.access(), user.permissionSetId()));
    }

    private Set<String> permissions(Caller caller, Role role, AccessLevel access, @Nullable PermissionSetId set) {
        String ofSet = set == null
                ? null
                : keys.set(caller.scope().tenant(), set)
                        .map(KeyMapper.SetRow::permissions)
                        .orElse(null);
        return UserAccess.permissions(role, access, ofSet);
    }
}

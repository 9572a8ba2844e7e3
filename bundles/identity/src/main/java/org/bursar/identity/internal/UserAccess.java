package org.bursar.identity.internal;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a user's role and access come to. */
final class UserAccess {
    private UserAccess() {}

    /**
     * The permissions in the user's own tenant; for platform users those on the platform.
     *
     * @param set the permissions of the user's set, with spaces between them
     */
    static Set<String> permissions(Role role, AccessLevel access, @Nullable String set) {
        return switch (role) {
            case PLATFORM_ADMIN -> Permissions.ALL;
            case STAFF -> Set.of();
            case CUSTOMER_ADMIN -> Permissions.CUSTOMER_ADMIN;
            case MEMBER ->
                switch (access) {
                    case FULL -> Permissions.FULL;
                    case READ_ONLY -> Permissions.READ_ONLY;
                    case LIMITED -> Permissions.LIMITED;
                    // whatever a set says, no member may more than the customer's admin
                    case CUSTOM -> Permissions.within(Permissions.split(set), Permissions.CUSTOMER_ADMIN);
                };
        };
    }
}

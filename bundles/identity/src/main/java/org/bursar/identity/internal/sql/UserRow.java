package org.bursar.identity.internal.sql;

import java.time.Instant;
import org.bursar.identity.internal.AccessLevel;
import org.bursar.identity.internal.Role;
import org.bursar.identity.internal.UserStatus;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PermissionSetId;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;

/** A user, without the password's hash. */
public record UserRow(
        TenantId tenantId,
        UserId userId,
        @Nullable CustomerId customerId,
        String email,
        @Nullable String pendingEmail,
        String firstName,
        String lastName,
        Role role,
        AccessLevel access,
        @Nullable PermissionSetId permissionSetId,
        UserStatus status,
        boolean hasPassword,
        boolean mustChangePassword,
        @Nullable Instant lastSeenAt,
        Instant createdAt,
        long version) {
    /** What people call the user. */
    public String name() {
        return firstName + ' ' + lastName;
    }
}

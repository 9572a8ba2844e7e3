package org.bursar.identity.internal;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bursar.identity.IdentityProblems;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PermissionSetId;
import org.bursar.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/** What is sent to create or edit a user, and what the audit log keeps of one. */
public final class UserForms {
    private UserForms() {}

    /**
     * A user to be created.
     *
     * @param password empty: the user sets one by the link of the welcome mail; else it must be changed at the first
     *     sign-in; staff always set one by the link
     * @param permissions of a staff member in the tenant
     */
    @Schema(name = "NewUser")
    public record Creation(
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String email,
            @Nullable String password,

            @Schema(
                    implementation = String.class,
                    allowableValues = {"platform_admin", "staff", "customer_admin", "member"})
            @Nullable
            Role role,

            @Schema(implementation = String.class, example = "cus_01h2xcejqtf2nbrexx3vqjhp41") @Nullable
            CustomerId customer,

            @Schema(
                    implementation = String.class,
                    allowableValues = {"full", "read_only", "limited", "custom"})
            @Nullable
            AccessLevel access,

            @Schema(implementation = String.class) @Nullable PermissionSetId permissionSet,
            @Nullable List<String> permissions) {
        @Override
        public String toString() {
            return "Creation[" + email + "]";
        }
    }

    /** What can be edited. */
    @Schema(name = "UserEdit")
    public record Edit(
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String email,

            @Schema(
                    implementation = String.class,
                    allowableValues = {"platform_admin", "staff", "customer_admin", "member"})
            @Nullable
            Role role,

            @Schema(
                    implementation = String.class,
                    allowableValues = {"full", "read_only", "limited", "custom"})
            @Nullable
            AccessLevel access,

            @Schema(implementation = String.class) @Nullable PermissionSetId permissionSet) {
        /** The form that would be sent to leave a user as it is. */
        public static Edit of(UserRow user) {
            return new Edit(
                    user.firstName(),
                    user.lastName(),
                    user.email(),
                    user.role(),
                    user.access(),
                    user.permissionSetId());
        }
    }

    static ProblemException emailTaken() {
        return new ProblemException(IdentityProblems.EMAIL_TAKEN, "Another user has this e-mail address.");
    }

    /** The same user under a new address. */
    static UserRow withEmail(UserRow user, String email) {
        return new UserRow(
                user.tenantId(),
                user.userId(),
                user.customerId(),
                email,
                null,
                user.firstName(),
                user.lastName(),
                user.role(),
                user.access(),
                user.permissionSetId(),
                user.status(),
                user.hasPassword(),
                user.mustChangePassword(),
                user.lastSeenAt(),
                user.createdAt(),
                user.version());
    }

    static UserRow withStatus(UserRow user, UserStatus status) {
        return new UserRow(
                user.tenantId(),
                user.userId(),
                user.customerId(),
                user.email(),
                user.pendingEmail(),
                user.firstName(),
                user.lastName(),
                user.role(),
                user.access(),
                user.permissionSetId(),
                status,
                user.hasPassword(),
                user.mustChangePassword(),
                user.lastSeenAt(),
                user.createdAt(),
                user.version());
    }

    static Map<String, Object> state(UserRow user) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("email", user.email());
        if (user.pendingEmail() != null) {
            state.put("pendingEmail", user.pendingEmail());
        }
        state.put("firstName", user.firstName());
        state.put("lastName", user.lastName());
        state.put("role", user.role());
        state.put("access", user.access());
        if (user.permissionSetId() != null) {
            state.put("permissionSet", user.permissionSetId());
        }
        state.put("status", user.status());
        return state;
    }
}

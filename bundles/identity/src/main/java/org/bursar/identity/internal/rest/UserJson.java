package org.bursar.identity.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.bursar.identity.UserChats;
import org.bursar.identity.internal.sql.UserRow;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param pendingEmail an address that counts once its link was followed
 * @param status a disabled user signs in and reaches the dashboard alone
 * @param messages in lists, how many are in the user's threads; null elsewhere, and while nobody knows
 * @param threads in lists, how many the user has; null elsewhere, and while nobody knows
 */
@Schema(name = "User")
public record UserJson(
        String id,
        @Nullable String customer,
        String email,
        @Nullable String pendingEmail,
        String firstName,
        String lastName,
        String name,

        @Schema(allowableValues = {"platform_admin", "staff", "customer_admin", "member"})
        String role,

        @Schema(allowableValues = {"full", "read_only", "limited", "custom"})
        String access,

        @Nullable String permissionSet,
        @Schema(allowableValues = {"active", "disabled"}) String status,
        boolean mustChangePassword,
        @Nullable Instant lastSeenAt,
        Instant createdAt,
        @Nullable Long messages,
        @Nullable Long threads) {
    static UserJson of(UserRow user) {
        return of(user, null);
    }

    static UserJson of(UserRow user, UserChats.@Nullable Count chats) {
        return new UserJson(
                user.userId().toString(),
                user.customerId() == null ? null : user.customerId().toString(),
                user.email(),
                user.pendingEmail(),
                user.firstName(),
                user.lastName(),
                user.name(),
                lower(user.role()),
                lower(user.access()),
                user.permissionSetId() == null ? null : user.permissionSetId().toString(),
                lower(user.status()),
                user.mustChangePassword(),
                user.lastSeenAt(),
                user.createdAt(),
                chats == null ? null : chats.messages(),
                chats == null ? null : chats.threads());
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** A page of users, for the OpenAPI document. */
    @Schema(name = "UserList")
    public record Listed(List<UserJson> items, @Nullable String next) {}
}

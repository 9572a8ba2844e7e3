package org.bursar.customers.internal;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The customer's first admin as it is sent. Without a password the welcome mail's link sets one. */
public record AdminForm(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String firstName,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String lastName,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String email,

        @Nullable String password) {
    static final AdminForm EMPTY = new AdminForm(null, null, null, null);

    @Override
    public String toString() {
        return "AdminForm[" + email + "]";
    }
}

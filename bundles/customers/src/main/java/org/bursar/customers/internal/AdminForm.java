package org.bursar.customers.internal;

import org.jspecify.annotations.Nullable;

/** The customer's first admin as it is sent. Without a password the welcome mail's link sets one. */
public record AdminForm(
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String password) {
    static final AdminForm EMPTY = new AdminForm(null, null, null, null);

    @Override
    public String toString() {
        return "AdminForm[" + email + "]";
    }
}

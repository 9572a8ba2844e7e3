package org.bursar.purchases.internal.sql;

import org.jspecify.annotations.Nullable;

/** A row of {@code purchases.gateway_secret}; its text shows nothing of it. */
public record SecretRow(String name, byte[] sealed, byte @Nullable [] previous) {
    @Override
    public String toString() {
        return name;
    }
}

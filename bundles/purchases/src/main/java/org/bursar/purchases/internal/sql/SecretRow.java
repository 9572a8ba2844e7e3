package org.bursar.purchases.internal.sql;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code purchases.gateway_secret}; its text shows nothing of it.
 *
 * @param previousUntil until when what was signed with the secret before is believed
 */
public record SecretRow(
        String name,
        byte[] sealed,
        byte @Nullable [] previous,
        @Nullable Instant previousUntil) {
    @Override
    public String toString() {
        return name;
    }
}

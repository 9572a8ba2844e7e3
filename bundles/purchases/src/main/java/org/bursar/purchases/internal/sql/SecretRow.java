package org.bursar.purchases.internal.sql;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code purchases.gateway_secret}, with the key that its tenant has; its text shows nothing of it.
 *
 * @param previousUntil until when what was signed with the secret before is believed
 * @param tenantKey wrapped; none where no secret was sealed since tenants have keys
 */
public record SecretRow(
        String name,
        byte[] sealed,
        byte @Nullable [] previous,
        @Nullable Instant previousUntil,
        byte @Nullable [] tenantKey) {
    @Override
    public String toString() {
        return name;
    }
}

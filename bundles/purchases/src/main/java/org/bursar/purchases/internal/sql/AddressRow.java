package org.bursar.purchases.internal.sql;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which address a tenant's gateway has, and until when the one before is good. */
public record AddressRow(
        String gatewayId, int addressNumber, @Nullable Instant addressBeforeUntil) {}

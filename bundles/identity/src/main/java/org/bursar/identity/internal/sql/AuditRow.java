package org.bursar.identity.internal.sql;

import java.time.Instant;
import java.util.UUID;
import org.bursar.kernel.AuditEntryId;
import org.bursar.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * An audit entry as it is stored.
 *
 * @param stateBefore JSON, when no customer is named
 * @param sealedBefore the same sealed under the customer's key, in base 64
 */
public record AuditRow(
        AuditEntryId auditEntryId,
        Instant at,
        String actorKind,
        String actorId,
        @Nullable String actorName,
        String action,
        String subject,
        @Nullable CustomerId customerId,
        @Nullable String stateBefore,
        @Nullable String stateAfter,
        @Nullable String sealedBefore,
        @Nullable String sealedAfter) {
    /** Its id's UUID. */
    public UUID uuid() {
        return auditEntryId.uuid();
    }
}

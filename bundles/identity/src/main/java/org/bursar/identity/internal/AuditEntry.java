package org.bursar.identity.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.bursar.kernel.AuditEntryId;
import org.bursar.kernel.CustomerId;

/**
 * One line of the audit log.
 *
 * @param actorName what people call the actor now; empty when the user is gone
 * @param before empty when there was nothing, or it was erased
 * @param erased whether the states were erased with their customer
 */
public record AuditEntry(
        AuditEntryId id,
        Instant at,
        String actorKind,
        String actorId,
        Optional<String> actorName,
        String action,
        String subject,
        Optional<CustomerId> customer,
        Optional<JsonNode> before,
        Optional<JsonNode> after,
        boolean erased) {}

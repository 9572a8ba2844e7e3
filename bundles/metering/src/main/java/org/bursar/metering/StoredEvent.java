package org.bursar.metering;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.bursar.kernel.MeterId;

/**
 * An event that was counted.
 *
 * @param eventId ours; {@code source} and {@code id} are the reporter's
 * @param attributes a JSON object
 */
public record StoredEvent(
        UUID eventId,
        String source,
        String id,
        MeterId meter,
        String meterKey,
        Instant time,
        BigDecimal quantity,
        BigDecimal charge,
        BigDecimal cost,
        Optional<String> attributes,
        Instant receivedAt) {}

package org.bursar.metering.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.bursar.kernel.MeterId;
import org.jspecify.annotations.Nullable;

/** A row of {@code metering.usage_event}. */
public record EventRow(
        UUID eventId,
        String source,
        String sourceId,
        MeterId meterId,
        Instant eventTime,
        BigDecimal quantity,
        BigDecimal charge,
        BigDecimal cost,
        @Nullable String attributes,
        Instant receivedAt) {}

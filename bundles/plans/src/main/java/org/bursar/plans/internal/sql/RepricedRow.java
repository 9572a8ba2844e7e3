package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.MeterId;
import org.jspecify.annotations.Nullable;

/** A row of {@code plans.usage_repricing} with its meter's key. */
public record RepricedRow(
        MeterId meterId,
        String meterKey,
        @Nullable Instant resetAt,
        BigDecimal quantity,
        BigDecimal charged,
        BigDecimal charge) {}

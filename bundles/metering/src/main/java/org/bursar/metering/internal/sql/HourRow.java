package org.bursar.metering.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.MeterId;

/** What was used of a meter in an hour. */
public record HourRow(MeterId meterId, Instant hour, BigDecimal quantity) {}

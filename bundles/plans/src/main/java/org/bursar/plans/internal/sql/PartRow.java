package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.MeterId;
import org.jspecify.annotations.Nullable;

/**
 * A part of what was consumed of a meter in a cycle: what a reset took off the counter, or what the counter shows since.
 *
 * @param part 1, 2, 3 … in the order of the resets; 0: the counter
 * @param resetAt null: the counter
 * @param charged what it is charged by now
 */
public record PartRow(MeterId meterId, int part, @Nullable Instant resetAt, BigDecimal quantity, BigDecimal charged) {}

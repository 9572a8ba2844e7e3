package org.bursar.plans.internal.sql;

import java.time.Instant;
import org.bursar.kernel.PlanId;

/** A row of {@code plans.plan}. */
public record PlanRow(PlanId planId, String key, String name, int currentNumber, Instant createdAt, long version) {}

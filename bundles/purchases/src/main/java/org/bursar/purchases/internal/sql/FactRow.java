package org.bursar.purchases.internal.sql;

import java.time.Instant;
import org.bursar.purchases.internal.FactKind;
import org.jspecify.annotations.Nullable;

/** A row of {@code purchases.purchase_fact}. */
public record FactRow(FactKind kind, @Nullable String note, String actorName, Instant recordedAt) {}

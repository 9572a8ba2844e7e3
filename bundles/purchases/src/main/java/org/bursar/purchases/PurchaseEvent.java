package org.bursar.purchases;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a purchase; never changed.
 *
 * @param kind {@code checkout_started}, {@code received}, {@code declined} …
 * @param by what people call who did it
 * @param note evidence or reason
 */
public record PurchaseEvent(
        String kind, String by, @Nullable String note, Instant at) {}

package org.bursar.purchases;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A package as somebody writes it; {@link Packages} checks it.
 *
 * @param amount the price in major units
 * @param currency ISO 4217
 * @param active null: true
 */
public record PackageDraft(
        @Nullable String name,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable BigDecimal credits,
        @Nullable Boolean active) {}

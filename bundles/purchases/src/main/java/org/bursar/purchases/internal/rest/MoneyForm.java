package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.bursar.kernel.Money;
import org.jspecify.annotations.Nullable;

/** Money as somebody sends it. */
record MoneyForm(
        @Schema(types = "string", example = "450.00") @Nullable
        BigDecimal amount,

        @Schema(example = "USD") @Nullable String currency) {
    static final MoneyForm EMPTY = new MoneyForm(null, null);

    static MoneyForm of(Money money) {
        return new MoneyForm(money.amount(), money.currency());
    }
}

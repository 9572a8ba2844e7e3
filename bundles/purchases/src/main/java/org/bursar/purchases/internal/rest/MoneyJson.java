package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.bursar.kernel.Money;

/**
 * Money as JSON.
 *
 * @param amount in major units, with the currency's digits: {@code 12.50}, {@code 500} yen, {@code 5.000} dinars
 */
record MoneyJson(
        @Schema(example = "450.00") String amount,
        @Schema(example = "USD") String currency) {
    static MoneyJson of(Money money) {
        return new MoneyJson(money.amount().toPlainString(), money.currency());
    }
}

package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Money;
import org.bursar.plans.Price;

/** A price as it is shown: a currency's in the currency's digits, the tenant's own credit as wallets show it. */
@Schema(name = "PlanPrice")
record PriceJson(
        @Schema(example = "799.00") String amount,
        @Schema(example = "USD") String currency) {
    static PriceJson of(Price price) {
        return new PriceJson(text(price), price.currency());
    }

    private static String text(Price price) {
        BigDecimal amount = price.amount();
        try {
            return amount.setScale(Money.digits(price.currency()), RoundingMode.UNNECESSARY)
                    .toPlainString();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Decimals.text(amount);
        }
    }
}

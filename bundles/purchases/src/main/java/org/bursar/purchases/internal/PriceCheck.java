package org.bursar.purchases.internal;

import java.math.BigDecimal;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Money;
import org.jspecify.annotations.Nullable;

/** Checks money that somebody typed: a currency that people pay with, an amount in no more than its digits. */
public final class PriceCheck {
    private static final Money STAND_IN = new Money("USD", 1);

    private PriceCheck() {}

    /**
     * The money, or a stand-in when something is wrong with it.
     *
     * @param pointer of the object that has {@code amount} and {@code currency}
     */
    public static Money money(Checks checks, String pointer, @Nullable BigDecimal amount, @Nullable String currency) {
        if (amount == null) {
            checks.error(pointer + "/amount", FieldProblems.REQUIRED, "required");
        }
        int digits = digits(checks, pointer + "/currency", currency);
        if (amount == null || currency == null || digits < 0) {
            return STAND_IN;
        }
        if (amount.signum() <= 0) {
            checks.error(pointer + "/amount", FieldProblems.OUT_OF_RANGE, "greater than zero");
            return STAND_IN;
        }
        if (!Decimals.fits(amount, digits)) {
            checks.error(
                    pointer + "/amount",
                    FieldProblems.TOO_PRECISE,
                    "at most 14 digits before the point and, in " + currency + ", " + digits + " after it");
            return STAND_IN;
        }
        return Money.of(currency, amount);
    }

    private static int digits(Checks checks, String pointer, @Nullable String currency) {
        if (currency == null || currency.isBlank()) {
            checks.error(pointer, FieldProblems.REQUIRED, "required");
            return -1;
        }
        try {
            return Money.digits(currency);
        } catch (IllegalArgumentException e) {
            checks.error(pointer, FieldProblems.UNKNOWN_CURRENCY, "an ISO 4217 code in upper case, such as USD");
            return -1;
        }
    }
}

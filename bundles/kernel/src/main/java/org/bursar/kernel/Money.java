package org.bursar.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * What people pay: an amount in a currency's minor units (USD 5.00 is 500, JPY 500 is 500, KWD 5.000 is 5000).
 *
 * @param currency ISO 4217, upper case
 * @param minor in the currency's ISO 4217 minor unit
 */
public record Money(String currency, long minor) {
    public Money {
        digits(currency);
    }

    /**
     * From a decimal amount in major units.
     *
     * @throws IllegalArgumentException when the currency is unknown or has fewer digits than the amount
     */
    public static Money of(String currency, BigDecimal amount) {
        try {
            return new Money(currency, amount.movePointRight(digits(currency)).longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(currency + " amounts have " + digits(currency) + " decimal places", e);
        }
    }

    /** The amount in major units, with the currency's digits. */
    public BigDecimal amount() {
        return BigDecimal.valueOf(minor, digits(currency));
    }

    /**
     * The sum.
     *
     * @throws IllegalArgumentException when the currencies differ
     * @throws ArithmeticException on overflow
     */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return new Money(currency, Math.addExact(minor, other.minor));
    }

    @Override
    public String toString() {
        return amount().setScale(digits(currency), RoundingMode.UNNECESSARY).toPlainString() + ' ' + currency;
    }

    /**
     * How many decimal places a currency has.
     *
     * @throws IllegalArgumentException when it is not an ISO 4217 code of money that people pay with
     */
    public static int digits(String currency) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        if (digits < 0) {
            throw new IllegalArgumentException(currency + " is not a currency that people pay with");
        }
        return digits;
    }
}

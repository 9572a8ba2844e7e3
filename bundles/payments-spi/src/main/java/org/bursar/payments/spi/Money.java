package org.bursar.payments.spi;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount in a currency's ISO 4217 minor units: USD 5.00 is 500, JPY 500 is 500, KWD 5.000 is 5000. Providers count some
 * currencies otherwise; translating is the gateway's part.
 */
public final class Money {
    private final String currency;
    private final long minor;

    private Money(String currency, long minor) {
        if (minor < 0) {
            throw new IllegalArgumentException("an amount is zero or more");
        }
        this.currency = currency;
        this.minor = minor;
        digits();
    }

    /**
     * An amount.
     *
     * @param currency ISO 4217, upper case
     * @param minor zero or more
     * @throws IllegalArgumentException when the currency is unknown or the amount below zero
     */
    public static Money of(String currency, long minor) {
        return new Money(currency, minor);
    }

    /** ISO 4217, upper case. */
    public String currency() {
        return currency;
    }

    /** In the currency's minor units. */
    public long minor() {
        return minor;
    }

    /** In major units, with the currency's decimal places: for what people read. */
    public BigDecimal amount() {
        return BigDecimal.valueOf(minor, digits());
    }

    private int digits() {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        if (digits < 0) {
            throw new IllegalArgumentException(currency + " is not a currency that people pay with");
        }
        return digits;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Money that && minor == that.minor && currency.equals(that.currency);
    }

    @Override
    public int hashCode() {
        return 31 * currency.hashCode() + Long.hashCode(minor);
    }

    @Override
    public String toString() {
        return amount().toPlainString() + ' ' + currency;
    }
}

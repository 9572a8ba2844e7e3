package org.bursar.payments.stripe;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.Money;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's way of counting money against ISO 4217's. Most currencies are counted alike; some that have hundredths on paper are
 * counted whole, and the Icelandic and the Ugandan currency, which have none, are counted in hundredths that must be 00.
 */
final class StripeMoney {
    /** Stripe's list of zero-decimal currencies. UGX is on it too, but is sent in hundredths all the same. */
    private static final Set<String> WHOLE = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");

    /** Counted in thousandths, of which the card networks take tens alone. */
    private static final Set<String> THOUSANDTHS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    private StripeMoney() {}

    /** The amount as Stripe is asked for it. What Stripe cannot take exactly is refused and never rounded. */
    static long asked(Money money) throws GatewayException {
        BigDecimal amount = money.amount().movePointRight(digits(money.currency()));
        if (amount.stripTrailingZeros().scale() > 0) {
            throw refused(money, "Stripe counts " + money.currency() + " without decimals");
        }
        if (THOUSANDTHS.contains(money.currency()) && money.minor() % 10 != 0) {
            throw refused(money, "Stripe takes " + money.currency() + " in steps of ten minor units");
        }
        try {
            return amount.longValueExact();
        } catch (ArithmeticException e) {
            throw refused(money, "that is more than Stripe counts");
        }
    }

    /** An amount that Stripe shows. */
    static Money shown(@Nullable String currency, @Nullable Long amount) throws GatewayException {
        if (currency == null || amount == null) {
            throw new GatewayException(
                    GatewayException.Kind.OUTCOME_UNKNOWN, "Stripe shows an amount without a currency");
        }
        String code = currency.toUpperCase(Locale.ROOT);
        try {
            int minorDigits = Currency.getInstance(code).getDefaultFractionDigits();
            return Money.of(
                    code,
                    BigDecimal.valueOf(amount, digits(code))
                            .movePointRight(minorDigits)
                            .longValueExact());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new GatewayException(
                    GatewayException.Kind.OUTCOME_UNKNOWN,
                    "Stripe shows " + amount + " in " + code + ", which is no amount");
        }
    }

    private static int digits(String currency) {
        if (WHOLE.contains(currency)) {
            return 0;
        }
        return THOUSANDTHS.contains(currency) ? 3 : 2;
    }

    private static GatewayException refused(Money money, String why) {
        return new GatewayException(GatewayException.Kind.INVALID_REQUEST, why + ", and not " + money);
    }
}

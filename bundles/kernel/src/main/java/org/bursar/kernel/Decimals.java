package org.bursar.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * Exact decimals as they are stored and as they travel. Wallet, hold and usage amounts have at most 6 places, unit prices
 * and costs at most 12. What has more is refused, never rounded; only charges are rounded, half even, to 6 places.
 */
public final class Decimals {
    /** Places of wallet, hold and usage amounts. */
    public static final int AMOUNT_PLACES = 6;

    /** Places of unit prices and costs. */
    public static final int PRICE_PLACES = 12;

    /** The largest whole part has 14 digits. */
    public static final BigDecimal LIMIT = new BigDecimal("100000000000000");

    private static final Pattern TEXT = Pattern.compile("-?\\d{1,14}(\\.\\d{1,40})?");

    private Decimals() {}

    /**
     * Reads a decimal's text: {@code -?\d{1,14}(\.\d+)?}, at most 40 places here, so that a caller can say how many were too many.
     *
     * @throws NumberFormatException when it has any other form
     */
    public static BigDecimal parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new NumberFormatException(
                    "a decimal in a string such as \"12.50\", at most 14 digits before the point");
        }
        return new BigDecimal(text);
    }

    /** How it is shown: at least two places, no zeros beyond. */
    public static String text(BigDecimal value) {
        BigDecimal bare = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return (bare.scale() < 2 ? bare.setScale(2, RoundingMode.UNNECESSARY) : bare).toPlainString();
    }

    /** Whether the value needs no more than so many places and at most 14 digits before the point. */
    public static boolean fits(BigDecimal value, int places) {
        return value.abs().compareTo(LIMIT) < 0 && value.stripTrailingZeros().scale() <= places;
    }

    /** A charge: 6 places, half even. */
    public static BigDecimal charge(BigDecimal exact) {
        return exact.setScale(AMOUNT_PLACES, RoundingMode.HALF_EVEN);
    }
}

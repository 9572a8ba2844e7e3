package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.kernel.Decimals;
import org.jspecify.annotations.Nullable;

/**
 * A hold's part in the tenant's wholesale wallet. Arithmetic alone.
 *
 * <p>What is charged is the rounded price of all that was settled less the rounded price of what was settled before, so that a hold that
 * is settled in many parts costs exactly what it costs in one, and never more than was reserved.
 *
 * @param rate that of the hold's placing; null when there was no wholesale wallet
 * @param held what is reserved there at present
 */
record WholesaleShare(@Nullable BigDecimal rate, BigDecimal held) {
    static final WholesaleShare NONE = new WholesaleShare(null, BigDecimal.ZERO);

    /** What becomes of it. */
    record Change(WholesaleShare after, BigDecimal charged, BigDecimal back) {}

    /** Half even, as everything that is charged. */
    static BigDecimal price(BigDecimal rate, BigDecimal amount) {
        return rate.multiply(amount).setScale(Decimals.AMOUNT_PLACES, RoundingMode.HALF_EVEN);
    }

    /** That of a hold that is placed. */
    static WholesaleShare placed(@Nullable BigDecimal rate, BigDecimal amount) {
        return rate == null ? NONE : new WholesaleShare(rate, price(rate, amount));
    }

    /**
     * What a change of its hold does to it. What was taken back here when the hold's time ran out stays back, and what is settled late
     * is charged all the same.
     */
    Change change(Hold before, Hold after) {
        if (rate == null) {
            return new Change(this, BigDecimal.ZERO, BigDecimal.ZERO);
        }
        BigDecimal charged = price(rate, after.settled()).subtract(price(rate, before.settled()));
        BigDecimal kept = after.status() == HoldStatus.OPEN && held.signum() > 0
                ? price(rate, after.amount()).subtract(price(rate, after.settled()))
                : BigDecimal.ZERO;
        return new Change(new WholesaleShare(rate, kept), charged, held.subtract(kept));
    }

    /** As it is stored: null when nothing is held. */
    @Nullable
    BigDecimal stored() {
        return held.signum() == 0 ? null : held;
    }
}

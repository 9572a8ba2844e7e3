package org.bursar.credits.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.credits.SpendCap;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;

/** A row of {@code credits.spend_cap}. */
public record CapRow(
        CustomerId customer,
        UserId user,
        BigDecimal amount,
        int period,
        BigDecimal spent,
        BigDecimal held,
        Instant periodFrom,
        @Nullable Instant periodUntil,
        boolean byTenant) {
    /** Whether its period is over. */
    public boolean over(Instant now) {
        return periodUntil != null && !now.isBefore(periodUntil);
    }

    /** The same cap in another period, in which nothing was spent yet. */
    public CapRow in(Instant from, Instant until) {
        return new CapRow(customer, user, amount, period, BigDecimal.ZERO, held, from, until, byTenant);
    }

    /** The same cap with so much more held and spent. */
    public CapRow moved(BigDecimal moreHeld, BigDecimal moreSpent) {
        return new CapRow(
                customer,
                user,
                amount,
                period,
                spent.add(moreSpent),
                held.add(moreHeld),
                periodFrom,
                periodUntil,
                byTenant);
    }

    /** As other capabilities see it. */
    public SpendCap cap() {
        return new SpendCap(customer, user, amount, Codes.period(period), spent, held, periodUntil, byTenant);
    }
}

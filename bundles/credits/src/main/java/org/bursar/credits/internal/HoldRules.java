package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.bursar.credits.CreditsProblems;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;

/** What settling and releasing do to a hold. Arithmetic alone. */
final class HoldRules {
    private HoldRules() {}

    /**
     * A hold as it becomes.
     *
     * @param charged what the wallet pays now
     * @param back what leaves the held amount now: what is charged of it and what is given back
     */
    record Change(HoldStatus status, BigDecimal settled, boolean afterExpiry, BigDecimal charged, BigDecimal back) {}

    /** Whether its time has run out, be it swept already or not. */
    static boolean overdue(Hold hold, Instant now) {
        return hold.status() == HoldStatus.EXPIRED
                || hold.status() == HoldStatus.OPEN && !hold.expiresAt().isAfter(now);
    }

    /** Charges an amount greater than zero. */
    static Change settle(Hold hold, BigDecimal amount, boolean last, Instant now) {
        if (hold.status() == HoldStatus.SETTLED || hold.status() == HoldStatus.RELEASED) {
            throw finished(hold);
        }
        if (amount.compareTo(hold.rest()) > 0) {
            throw new ProblemException(Problems.invalid(
                    "/amount",
                    CreditsProblems.MORE_THAN_HELD,
                    "at most the rest of the hold, " + Decimals.text(hold.rest())));
        }
        boolean overdue = overdue(hold, now);
        BigDecimal back = stillHeld(hold);
        if (!last && !overdue) {
            back = amount;
        }
        HoldStatus status = last ? HoldStatus.SETTLED : overdue ? HoldStatus.EXPIRED : HoldStatus.OPEN;
        return new Change(status, hold.settled().add(amount), hold.afterExpiry() || overdue, amount, back);
    }

    /** Gives the rest back. */
    static Change release(Hold hold) {
        if (hold.status() == HoldStatus.SETTLED) {
            throw finished(hold);
        }
        return new Change(HoldStatus.RELEASED, hold.settled(), hold.afterExpiry(), BigDecimal.ZERO, stillHeld(hold));
    }

    /** The hold as a change leaves it. */
    static Hold changed(Hold hold, Change change) {
        return new Hold(
                hold.id(),
                hold.customer(),
                hold.amount(),
                change.settled(),
                change.status(),
                change.afterExpiry(),
                hold.usageEvent(),
                hold.user(),
                hold.expiresAt(),
                hold.createdAt(),
                hold.version() + 1);
    }

    private static BigDecimal stillHeld(Hold hold) {
        return hold.status() == HoldStatus.OPEN ? hold.rest() : BigDecimal.ZERO;
    }

    static ProblemException expired() {
        return new ProblemException(CreditsProblems.HOLD_SETTLED, "The hold has expired.");
    }

    static ProblemException finished(Hold hold) {
        String status = hold.status().name().toLowerCase(Locale.ROOT);
        return new ProblemException(CreditsProblems.HOLD_SETTLED, "The hold is " + status + ".");
    }
}

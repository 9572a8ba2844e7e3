package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.util.Optional;
import org.bursar.credits.NewHold;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.ProblemException;

/** What may be done to holds together. */
public sealed interface HoldOperation {
    /** Reserves; the refusal says why the customer is not served, if it is not. */
    record Place(NewHold hold, Optional<ProblemException> refusal) implements HoldOperation {}

    /** Charges a part of a hold; an amount of zero that is the last releases it. */
    record Settle(HoldId id, BigDecimal amount, boolean last) implements HoldOperation {}

    /** Gives the rest back. */
    record Release(HoldId id) implements HoldOperation {}
}

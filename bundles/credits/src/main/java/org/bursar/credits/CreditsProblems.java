package org.bursar.credits;

import org.bursar.kernel.FieldCode;
import org.bursar.kernel.ProblemCode;

/** What credits refuses with. */
public final class CreditsProblems {
    public static final ProblemCode INSUFFICIENT_CREDITS = new ProblemCode(
            "insufficient_credits",
            402,
            "Not enough credit",
            "The wallet's balance, without what open holds reserve and with its overdraft, is smaller than "
                    + "the amount.",
            "Add credit or ask for less; available says how much there is.");
    public static final ProblemCode HOLD_SETTLED = new ProblemCode(
            "hold_settled",
            409,
            "The hold is finished",
            "The hold was settled, released, or expired before this request.",
            "Place a new hold.");
    public static final ProblemCode BALANCE_OUT_OF_RANGE = new ProblemCode(
            "balance_out_of_range",
            422,
            "The balance would be too large to be stored",
            "A balance has at most 14 digits before the point; this posting would exceed them.",
            "Check the amount; such a balance is usually a slip.");

    public static final FieldCode MORE_THAN_HELD =
            new FieldCode("more_than_held", "The amount is more than what is left of the hold.");

    private CreditsProblems() {}
}

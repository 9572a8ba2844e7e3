package org.bursar.credits;

import org.bursar.kernel.ProblemCode;

/** What credits refuses with. */
public final class CreditsProblems {
    public static final ProblemCode INSUFFICIENT_CREDITS = new ProblemCode(
            "insufficient_credits", 402, "Not enough credit", "Add credit; available says how much there is.");
    public static final ProblemCode HOLD_SETTLED =
            new ProblemCode("hold_settled", 409, "The hold is finished", "Place a new hold.");

    public static final ProblemCode BALANCE_OUT_OF_RANGE = new ProblemCode(
            "balance_out_of_range",
            422,
            "The balance would be too large to be stored",
            "A balance has at most 14 digits before the point.");

    private CreditsProblems() {}
}

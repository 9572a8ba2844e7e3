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
    public static final ProblemCode SPEND_CAP_REACHED = new ProblemCode(
            "spend_cap_reached",
            402,
            "The user's cap is reached",
            "What the user has spent in the cap's period and what open holds reserve for the user leave less of the cap than "
                    + "the amount.",
            "Ask for less, wait until the cap begins anew, or have it raised; available says what is left of it.");
    public static final ProblemCode WHOLESALE_EXHAUSTED = new ProblemCode(
            "wholesale_exhausted",
            402,
            "The tenant has not enough with the platform",
            "The tenant's wholesale wallet, with its overdraft, does not cover what the platform would charge for the amount.",
            "Pay the platform or ask it for more credit; available says how much there is, in the wholesale wallet's unit.");
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

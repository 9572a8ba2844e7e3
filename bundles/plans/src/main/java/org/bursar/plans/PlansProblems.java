package org.bursar.plans;

import org.bursar.kernel.ProblemCode;

/** What plans refuse with. */
public final class PlansProblems {
    public static final ProblemCode KEY_TAKEN =
            new ProblemCode("key_taken", 409, "The key is in use", "Choose another key; keys never change.");
    public static final ProblemCode USAGE_OUT_OF_RANGE = new ProblemCode(
            "usage_out_of_range",
            422,
            "The usage adds up to more than can be counted",
            "Check the quantities and the plan's prices.");

    private PlansProblems() {}
}

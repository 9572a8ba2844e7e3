package org.bursar.plans;

import org.bursar.kernel.FieldCode;
import org.bursar.kernel.ProblemCode;

/** What plans refuse with. */
public final class PlansProblems {
    public static final ProblemCode KEY_TAKEN = new ProblemCode(
            "key_taken",
            409,
            "The key is in use",
            "Another meter, plan or add-on of the tenant has the key.",
            "Choose another key, or use the one that has it; keys never change.");
    public static final ProblemCode USAGE_OUT_OF_RANGE = new ProblemCode(
            "usage_out_of_range",
            422,
            "The usage adds up to more than can be counted",
            "A quantity, charge or cost of the cycle would have more than 14 digits before the point.",
            "Check the quantities that were reported and the plan's prices.");
    public static final ProblemCode LIMIT_REACHED = new ProblemCode(
            "limit_reached",
            429,
            "The limit is reached",
            "As many leases are open, or as many requests were made of late, as the customer's plan and add-ons allow; limit "
                    + "says which limit it is and size how many.",
            "Release a lease, or ask again after as many seconds as Retry-After says; for more give the customer an add-on "
                    + "or a larger plan.");
    public static final ProblemCode LEASE_ENDED = new ProblemCode(
            "lease_ended",
            409,
            "The lease has ended",
            "The lease was released or its time ran out before this request, and its place may be another's by now.",
            "Ask for a new lease, and renew it well before expiresAt.");

    public static final FieldCode UNKNOWN_METER =
            new FieldCode("unknown_meter", "The tenant has no meter with this key.");
    public static final FieldCode UNKNOWN_PLAN =
            new FieldCode("unknown_plan", "The tenant has no plan with this id or key.");
    public static final FieldCode WRONG_CURRENCY =
            new FieldCode("wrong_currency", "The currency is not the unit that the tenant's wallets count.");
    public static final FieldCode NOT_ASCENDING =
            new FieldCode("not_ascending", "A tier ends before the one ahead of it does.");
    public static final FieldCode OPEN_END =
            new FieldCode("open_end", "Every tier but the last has an end, and the last has none.");
    public static final FieldCode NOT_OF_THIS_MODEL =
            new FieldCode("not_of_this_model", "The field belongs to another pricing model.");
    public static final FieldCode ADD_ON_INACTIVE = new FieldCode(
            "add_on_inactive", "The add-on is no longer sold: who has it may keep it, or have less of it.");

    public static final FieldCode NOT_COLLECTED = new FieldCode(
            "not_collected",
            "A payment provider cannot collect the plan's price: it is free, is no currency's, or is due by the calendar.");

    private PlansProblems() {}
}

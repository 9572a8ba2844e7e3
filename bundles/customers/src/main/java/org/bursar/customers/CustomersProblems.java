package org.bursar.customers;

import org.bursar.kernel.ProblemCode;

/** What customers refuse with. */
public final class CustomersProblems {
    public static final ProblemCode ACCESS_REFUSED = new ProblemCode(
            "access_refused", 403, "The customer is not served now", "See reasons: pay, unlock or reactivate.");
    public static final ProblemCode ACCOUNT_INACTIVE =
            new ProblemCode("account_inactive", 403, "The account is inactive", "Have the account reactivated.");
    public static final ProblemCode ACCOUNT_SUSPENDED = new ProblemCode(
            "account_suspended", 403, "The account is suspended", "Pay what is due, or have the suspension lifted.");
    public static final ProblemCode ACCOUNT_DELETED = new ProblemCode(
            "account_deleted", 403, "The account is deleted", "Have it activated again while its grace period lasts.");
    public static final ProblemCode WRONG_STATUS =
            new ProblemCode("wrong_status", 409, "Not possible in the present status", "Read the status first.");

    private CustomersProblems() {}
}

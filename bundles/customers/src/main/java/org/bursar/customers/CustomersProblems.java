package org.bursar.customers;

import org.bursar.kernel.FieldCode;
import org.bursar.kernel.ProblemCode;

/** What customers refuse with. */
public final class CustomersProblems {
    public static final ProblemCode ACCESS_REFUSED = new ProblemCode(
            "access_refused",
            403,
            "The customer is not served now",
            "The customer is suspended, inactive or deleted, its subscription is locked or cancelled, or "
                    + "its user is disabled; reasons lists what applies.",
            "Do what reasons calls for, such as unlocking or reactivating; GET /api/v1/access/{customer} "
                    + "tells when it is well.");
    public static final ProblemCode ACCOUNT_INACTIVE = new ProblemCode(
            "account_inactive",
            403,
            "The account is inactive",
            "The customer was deactivated: nobody of it signs in, and its keys open nothing.",
            "Have the account activated (POST /api/v1/customers/{id}/activate).");
    public static final ProblemCode ACCOUNT_SUSPENDED = new ProblemCode(
            "account_suspended",
            403,
            "The account is suspended",
            "The customer was suspended: it is not served and gets no new users, but may sign in, look and pay.",
            "Pay what is due, then have the suspension lifted (POST /api/v1/customers/{id}/resume).");
    public static final ProblemCode ACCOUNT_DELETED = new ProblemCode(
            "account_deleted",
            403,
            "The account is deleted",
            "The customer was deleted, and its personal data is erased when its grace period ends.",
            "While the grace period lasts, have it activated again (POST /api/v1/customers/{id}/activate).");
    public static final ProblemCode WRONG_STATUS = new ProblemCode(
            "wrong_status",
            409,
            "Not possible in the present status",
            "The customer or its subscription is in a status that does not allow this, such as resuming "
                    + "what is not suspended.",
            "GET it, and do what its status allows.");

    public static final FieldCode INVALID_PHONE =
            new FieldCode("invalid_phone", "No telephone can have this " + "number.");
    public static final FieldCode INVALID_POSTAL_CODE =
            new FieldCode("invalid_postal_code", "The postal code is none of the country's.");
    public static final FieldCode INVALID_WEBSITE =
            new FieldCode("invalid_website", "The text is neither a host nor an http or https address.");
    public static final FieldCode UNKNOWN_COUNTRY =
            new FieldCode("unknown_country", "The country is no code of ISO 3166-1.");
    public static final FieldCode TOO_DEEP =
            new FieldCode("too_deep", "Customers have one level of sub-accounts: a parent has no parent itself.");

    private CustomersProblems() {}
}

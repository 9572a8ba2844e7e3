package org.bursar.customers.internal;

/** The status of a company account, one of three state machines; the others are its subscription's and its users'. */
public enum AccountStatus {
    /** Served. */
    ACTIVE,
    /** Nobody signs in; the data is kept; can be activated again. */
    INACTIVE,
    /** May sign in, view, pay and export; no AI calls and no new users. */
    SUSPENDED,
    /** In its grace period: nobody signs in, and the data goes when it ends; can be activated until then. */
    DELETED
}

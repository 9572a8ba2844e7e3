package org.bursar.plans;

/** What a plan limits and an add-on raises. */
public enum Limit {
    /** Users of the customer. */
    USERS,
    /** Conversations at once; each takes a lease. */
    CONCURRENCY
}

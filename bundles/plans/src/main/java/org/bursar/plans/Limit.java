package org.bursar.plans;

/** What a plan limits and an add-on raises. */
public enum Limit {
    /** Users of the customer. */
    USERS,
    /** Conversations at once; each takes a lease. */
    CONCURRENCY,
    /** Requests in a minute, on the average; each is taken from {@link RateLimits}. */
    REQUESTS_PER_MINUTE
}

package org.bursar.plans;

/** Where a subscription stands. */
public enum SubscriptionStatus {
    /** In the trial that it began with; served, and not charged before the first cycle. */
    TRIALING,
    /** Paid, or in the first cycle, which is not charged. */
    ACTIVE,
    /** A renewal is not paid yet; it is served all the same, for as many days of grace as its plan has. */
    PAST_DUE,
    /**
     * Not served. Where a person stopped it only a person unlocks it; where the plan's days of grace were over it is served again
     * once it is paid. Renewals go on.
     */
    LOCKED,
    /** Ended. */
    CANCELLED
}

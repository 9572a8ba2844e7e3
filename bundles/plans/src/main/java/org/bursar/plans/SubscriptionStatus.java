package org.bursar.plans;

/** Where a subscription stands. */
public enum SubscriptionStatus {
    /** Paid, or in the first cycle, which is not charged. */
    ACTIVE,
    /** A renewal is not paid yet; it is served all the same. */
    PAST_DUE,
    /** A person stopped its service; only a person unlocks it. Renewals go on. */
    LOCKED,
    /** Ended. */
    CANCELLED
}

package org.bursar.plans;

/** Where a lease stands. */
public enum LeaseStatus {
    /** It counts. */
    OPEN,
    /** Its holder gave it back. */
    RELEASED,
    /** Its time ran out. */
    EXPIRED
}

package org.bursar.purchases;

/** How far a refund is. */
public enum RefundStatus {
    /** Stored; it is certain that the provider has not done it yet. It is tried again. */
    PLANNED,
    /** The provider was asked, and what became of it is not known: it is found out, and nothing is paid back twice. */
    UNKNOWN,
    /** The provider has taken it and will decide. */
    PENDING,
    /** The money went back. */
    SUCCEEDED,
    /** The money did not go back. */
    FAILED;

    /** Whether it may still come true. */
    public boolean open() {
        return this == PLANNED || this == UNKNOWN || this == PENDING;
    }
}

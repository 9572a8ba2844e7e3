package org.bursar.credits;

/** Where a hold is in its life. */
public enum HoldStatus {
    /** Its rest is reserved. */
    OPEN,
    /** Finished by a last settlement. */
    SETTLED,
    /** Finished without charging the rest. */
    RELEASED,
    /** Its time ran out and its rest was given back. A settlement that comes late still charges. */
    EXPIRED
}

package org.bursar.identity.internal;

/** How much a customer's member may do. */
public enum AccessLevel {
    FULL,
    READ_ONLY,
    /** Chats, and what is left to spend on them. */
    LIMITED,
    /** What a permission set says. */
    CUSTOM
}

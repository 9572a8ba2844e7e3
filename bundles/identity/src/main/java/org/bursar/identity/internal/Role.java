package org.bursar.identity.internal;

/** What a user is. */
public enum Role {
    PLATFORM_ADMIN,
    /** A platform user who works in the tenants that it is a member of. */
    STAFF,
    CUSTOMER_ADMIN,
    MEMBER
}

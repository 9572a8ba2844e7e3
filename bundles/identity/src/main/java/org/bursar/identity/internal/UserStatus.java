package org.bursar.identity.internal;

/** Whether a user may do more than look at the dashboard. */
public enum UserStatus {
    ACTIVE,
    DISABLED
}

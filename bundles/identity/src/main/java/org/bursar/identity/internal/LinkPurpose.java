package org.bursar.identity.internal;

/** What a one-time link is for. */
public enum LinkPurpose {
    WELCOME,
    PASSWORD_RESET,
    EMAIL_CHANGE
}

package org.bursar.webhooks;

/** Whether an address is told anything. */
public enum EndpointStatus {
    ENABLED,
    /** Somebody turned it off. */
    DISABLED,
    /** It failed for days, or said that it is gone, and was turned off for that. */
    FAILED
}

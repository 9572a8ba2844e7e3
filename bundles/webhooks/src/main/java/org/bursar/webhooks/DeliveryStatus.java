package org.bursar.webhooks;

/** How far a delivery is. */
public enum DeliveryStatus {
    /** To be sent, or sent again. */
    QUEUED,
    /** The address has answered 2xx. */
    SENT,
    /** Given up; it can be replayed. */
    FAILED
}

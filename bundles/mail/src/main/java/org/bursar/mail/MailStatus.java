package org.bursar.mail;

/** Where a mail stands. */
public enum MailStatus {
    /** To be sent, now or at its next attempt. */
    QUEUED,
    /** There was no mail server when its turn came: it is kept to be read and is never sent. */
    KEPT,
    /** A mail server has taken it. */
    SENT,
    /** Given up: its recipient was refused, or it could not be sent for three days. */
    FAILED
}

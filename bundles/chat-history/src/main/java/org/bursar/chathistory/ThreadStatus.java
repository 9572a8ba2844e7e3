package org.bursar.chathistory;

/** Whether a thread takes messages. */
public enum ThreadStatus {
    OPEN,
    CLOSED
}

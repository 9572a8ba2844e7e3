package org.bursar.chathistory;

/** Who said it. */
public enum MessageRole {
    USER,
    ASSISTANT,
    /** Instructions to the model; not counted as a message. */
    SYSTEM,
    /** What a tool answered the model; not counted as a message. */
    TOOL;

    /** Whether people mean it when they say "messages": a user's or an assistant's. */
    public boolean counts() {
        return this == USER || this == ASSISTANT;
    }
}

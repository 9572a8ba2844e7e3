package org.bursar.chathistory;

import org.bursar.kernel.ProblemCode;

/** What chat history refuses with. */
public final class ChatProblems {
    public static final ProblemCode THREAD_CLOSED =
            new ProblemCode("thread_closed", 409, "The thread is closed", "Reopen it, or open a new one.");
    public static final ProblemCode MESSAGE_DIFFERS = new ProblemCode(
            "message_differs",
            409,
            "Another message has this external id",
            "Use one external id for one message; what was said is never changed.");

    private ChatProblems() {}
}

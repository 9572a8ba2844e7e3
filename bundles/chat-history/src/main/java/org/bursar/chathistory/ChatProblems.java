package org.bursar.chathistory;

import org.bursar.kernel.FieldCode;
import org.bursar.kernel.ProblemCode;

/** What chat history refuses with. */
public final class ChatProblems {
    public static final ProblemCode THREAD_CLOSED = new ProblemCode(
            "thread_closed",
            409,
            "The thread is closed",
            "A message was sent to a thread that is closed.",
            "Open it again (PATCH its status), or open a new one.");
    public static final ProblemCode MESSAGE_DIFFERS = new ProblemCode(
            "message_differs",
            409,
            "Another message has this external id",
            "The thread has a message with this external id and other content; what was said is never changed.",
            "Use one external id for one message.");

    public static final FieldCode NOT_AN_OBJECT = new FieldCode("not_an_object", "The value is no JSON object.");

    private ChatProblems() {}
}

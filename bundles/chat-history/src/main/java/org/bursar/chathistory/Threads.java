package org.bursar.chathistory;

import org.bursar.kernel.MessageId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.ThreadId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Conversations with an AI. What is not there or not within the scope is {@code not_found}.
 *
 * <p>Whoever is not held to customers of their own (the tenant's staff, its keys, an operator) and reads what was said is
 * recorded in the audit log: {@code thread.read} for a thread, {@code thread.list} for a list that shows latest messages;
 * one line for each reader, subject and hour.
 */
@ProviderType
public interface Threads {
    /** How many characters of the latest message a thread shows. */
    int EXCERPT_LENGTH = 200;

    /**
     * Opens a thread, or finds the customer's thread with that external id, which stays as it is. Safe to retry with an external id.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when the customer, workspace or user is not there
     */
    ThreadId open(Scope scope, NewThread thread);

    /** One thread. */
    ChatThread get(Scope scope, ThreadId thread);

    /**
     * Threads by their latest activity, newest first. A thread that becomes active meanwhile moves to the front, where a reader
     * who is on a later page does not see it again.
     */
    Page<ChatThread> list(Scope scope, ThreadFilter filter, Page.Request page);

    /**
     * Opens or closes a thread; setting the status that it has changes nothing.
     *
     * @param version the version that the caller saw; any when negative
     * @throws org.bursar.kernel.ProblemException {@code stale} when it has another version
     */
    ChatThread setStatus(Scope scope, ThreadId thread, ThreadStatus status, long version);

    /**
     * Appends a message: the next {@code seq} of the thread. Safe to retry with an external id.
     *
     * @throws org.bursar.kernel.ProblemException {@link ChatProblems#THREAD_CLOSED}; {@link ChatProblems#MESSAGE_DIFFERS} when the
     *     external id is another message's
     */
    MessageId append(Scope scope, ThreadId thread, NewMessage message);

    /** The message that the caller has just appended: showing it to them is no reading. */
    ChatMessage appended(Scope scope, ThreadId thread, MessageId message);

    /** One message. */
    ChatMessage message(Scope scope, ThreadId thread, MessageId message);

    /**
     * What was said, in its order or the latest first. A page ends early, with a {@code next}, when its texts have reached 256 KiB.
     */
    Page<ChatMessage> messages(Scope scope, ThreadId thread, boolean latestFirst, Page.Request page);
}

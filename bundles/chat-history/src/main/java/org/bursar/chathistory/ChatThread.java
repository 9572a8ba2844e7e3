package org.bursar.chathistory;

import java.time.Instant;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ThreadId;
import org.bursar.kernel.UserId;
import org.bursar.kernel.WorkspaceId;

/**
 * A conversation with an AI.
 *
 * @param user whose conversation it is, where one is known
 * @param agent the name of the AI that answers
 * @param externalId the caller's own id of it, unique among the customer's threads
 * @param messages how many a user or assistant said; system's and tools' are not counted
 * @param latest the latest of these
 * @param updatedAt when the last message of any role came or the thread itself was changed
 * @param version counts changes of the thread and its messages; the ETag
 */
public record ChatThread(
        ThreadId id,
        CustomerId customer,
        Optional<UserId> user,
        Optional<WorkspaceId> workspace,
        String agent,
        Optional<String> externalId,
        ThreadStatus status,
        long messages,
        Optional<Latest> latest,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    /**
     * The latest message, in short.
     *
     * @param excerpt its first {@value Threads#EXCERPT_LENGTH} characters
     */
    public record Latest(MessageRole role, String excerpt, Instant at) {
        @Override
        public String toString() {
            return "Latest[" + role + ", " + at + "]";
        }
    }
}

package org.bursar.chathistory.internal.sql;

import java.time.Instant;
import java.util.Optional;
import org.bursar.chathistory.ChatThread;
import org.bursar.chathistory.MessageRole;
import org.bursar.chathistory.ThreadStatus;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ThreadId;
import org.bursar.kernel.UserId;
import org.bursar.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;

/** A thread as it is stored. */
public record ThreadRow(
        ThreadId threadId,
        CustomerId customerId,
        @Nullable UserId userId,
        @Nullable WorkspaceId workspaceId,
        String agent,
        @Nullable String externalId,
        ThreadStatus status,
        long lastSeq,
        long messages,
        @Nullable MessageRole latestRole,
        @Nullable String latestExcerpt,
        @Nullable Instant latestAt,
        Instant activeAt,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    /** As the API shows it. */
    public ChatThread thread() {
        Optional<ChatThread.Latest> latest = latestRole == null || latestExcerpt == null || latestAt == null
                ? Optional.empty()
                : Optional.of(new ChatThread.Latest(latestRole, latestExcerpt, latestAt));
        return new ChatThread(
                threadId,
                customerId,
                Optional.ofNullable(userId),
                Optional.ofNullable(workspaceId),
                agent,
                Optional.ofNullable(externalId),
                status,
                messages,
                latest,
                createdAt,
                updatedAt,
                version);
    }

    /** Names it without what was said. */
    @Override
    public String toString() {
        return "ThreadRow[" + threadId + "]";
    }
}

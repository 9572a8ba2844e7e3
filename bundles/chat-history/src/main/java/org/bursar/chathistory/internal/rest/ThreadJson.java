package org.bursar.chathistory.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.bursar.chathistory.ChatThread;
import org.bursar.chathistory.MessageRole;
import org.bursar.chathistory.ThreadStatus;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ThreadId;
import org.bursar.kernel.UserId;
import org.bursar.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;

/** A thread as JSON. */
record ThreadJson(
        @Schema(types = "string") ThreadId id,
        @Schema(types = "string") CustomerId customer,
        @Schema(types = "string") @Nullable UserId user,
        @Schema(types = "string") @Nullable WorkspaceId workspace,
        String agent,
        @Nullable String externalId,
        ThreadStatus status,
        long messages,
        @Nullable LatestJson latestMessage,
        Instant createdAt,
        Instant updatedAt) {
    /** The latest message, in short. */
    record LatestJson(MessageRole role, String excerpt, Instant createdAt) {}

    static ThreadJson of(ChatThread thread) {
        return new ThreadJson(
                thread.id(),
                thread.customer(),
                thread.user().orElse(null),
                thread.workspace().orElse(null),
                thread.agent(),
                thread.externalId().orElse(null),
                thread.status(),
                thread.messages(),
                thread.latest()
                        .map(latest -> new LatestJson(latest.role(), latest.excerpt(), latest.at()))
                        .orElse(null),
                thread.createdAt(),
                thread.updatedAt());
    }
}

package org.bursar.chathistory.internal.rest;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.bursar.chathistory.ChatMessage;
import org.bursar.chathistory.MessageRole;
import org.bursar.kernel.MessageId;
import org.bursar.kernel.ThreadId;
import org.jspecify.annotations.Nullable;

/** A message as JSON. */
record MessageJson(
        @Schema(types = "string") MessageId id,
        @Schema(types = "string") ThreadId thread,
        long seq,
        MessageRole role,
        String content,
        @Nullable String externalId,
        @JsonRawValue @Schema(types = "object") @Nullable String metadata,
        Instant createdAt) {
    static MessageJson of(ChatMessage message) {
        return new MessageJson(
                message.id(),
                message.thread(),
                message.seq(),
                message.role(),
                message.content(),
                message.externalId().orElse(null),
                // PostgreSQL wrote it as jsonb: it is well-formed
                message.metadata().orElse(null),
                message.createdAt());
    }

    /** Names no text, which belongs into no log. */
    @Override
    public String toString() {
        return "MessageJson[" + id + "]";
    }
}

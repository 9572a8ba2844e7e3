package org.bursar.chathistory.internal.sql;

import java.time.Instant;
import java.util.Optional;
import org.bursar.chathistory.ChatMessage;
import org.bursar.chathistory.MessageRole;
import org.bursar.kernel.MessageId;
import org.bursar.kernel.ThreadId;
import org.jspecify.annotations.Nullable;

/** A message as it is stored. */
public record MessageRow(
        MessageId messageId,
        ThreadId threadId,
        long seq,
        MessageRole role,
        String content,
        @Nullable String externalId,
        @Nullable String metadata,
        Instant createdAt) {
    /** As the API shows it. */
    public ChatMessage message() {
        return new ChatMessage(
                messageId,
                threadId,
                seq,
                role,
                content,
                Optional.ofNullable(externalId),
                Optional.ofNullable(metadata),
                createdAt);
    }

    /** Names it without what was said. */
    @Override
    public String toString() {
        return "MessageRow[" + messageId + "]";
    }
}

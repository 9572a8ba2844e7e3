package org.bursar.chathistory;

import java.time.Instant;
import java.util.Optional;
import org.bursar.kernel.MessageId;
import org.bursar.kernel.ThreadId;

/**
 * What was said; it is never changed.
 *
 * @param seq 1, 2, 3 … without a gap in each thread, whatever the role
 * @param externalId the caller's own id of it, unique in the thread
 * @param metadata a JSON object of the caller's
 */
public record ChatMessage(
        MessageId id,
        ThreadId thread,
        long seq,
        MessageRole role,
        String content,
        Optional<String> externalId,
        Optional<String> metadata,
        Instant createdAt) {
    /** Names it without its text, which belongs into no log. */
    @Override
    public String toString() {
        return "ChatMessage[" + id + ", " + thread + " " + seq + "]";
    }
}

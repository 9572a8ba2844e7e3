package org.bursar.chathistory.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import org.bursar.chathistory.ChatProblems;
import org.bursar.chathistory.MessageRole;
import org.bursar.chathistory.NewMessage;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.jspecify.annotations.Nullable;

/** What is said. */
record MessageForm(
        @Nullable MessageRole role,
        @Nullable String content,
        @Nullable String externalId,
        @Schema(types = "object") @Nullable JsonNode metadata) {
    static final MessageForm EMPTY = new MessageForm(null, null, null, null);

    NewMessage message() {
        return NewMessage.of(role, content, externalId, metadata == null ? null : object(metadata));
    }

    private static @Nullable String object(JsonNode given) {
        if (given.isNull()) {
            return null;
        }
        if (!given.isObject()) {
            throw new ProblemException(Problems.invalid("/metadata", ChatProblems.NOT_AN_OBJECT, "a JSON object"));
        }
        return given.toString();
    }

    /** Names no text, which belongs into no log. */
    @Override
    public String toString() {
        return "MessageForm[" + role + "]";
    }
}

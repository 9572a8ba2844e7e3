package org.bursar.chathistory;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.jspecify.annotations.Nullable;

/**
 * A message to be appended.
 *
 * @param content 1 byte to {@value #MOST_BYTES} bytes of UTF-8, kept as it is
 * @param externalId the caller's own id of it: appending twice with the same one appends once
 * @param metadata a JSON object of at most {@value #MOST_METADATA} characters
 */
public record NewMessage(MessageRole role, String content, Optional<String> externalId, Optional<String> metadata) {
    /** The longest content, in bytes of UTF-8. */
    public static final int MOST_BYTES = 65_536;

    /** The longest metadata, in characters of JSON. */
    public static final int MOST_METADATA = 4_096;

    private static final int LONGEST_ID = 200;

    /**
     * Checks what a caller sent.
     *
     * @param metadata the text of a JSON object
     * @throws org.bursar.kernel.ProblemException {@code invalid} with a pointer for each field that is wrong
     */
    public static NewMessage of(
            @Nullable MessageRole role,
            @Nullable String content,
            @Nullable String externalId,
            @Nullable String metadata) {
        Checks checks = new Checks();
        MessageRole who = checks.present("/role", role);
        String said = content(checks, content);
        String theirs = checks.optionalText("/externalId", externalId, LONGEST_ID);
        if (metadata != null) {
            checks.that(
                    metadata.length() <= MOST_METADATA,
                    "/metadata",
                    FieldProblems.TOO_LONG,
                    "at most " + MOST_METADATA + " characters of JSON");
            checks.that(
                    storable(metadata) && !metadata.contains("\\u0000"),
                    "/metadata",
                    FieldProblems.NOT_PRINTABLE,
                    "no NUL and no half of a surrogate pair");
        }
        checks.done();
        if (who == null) {
            throw new AssertionError("a role that passed its check is there");
        }
        return new NewMessage(who, said, Optional.ofNullable(theirs), Optional.ofNullable(metadata));
    }

    /** The text is kept as it was said, blanks and control characters too; only what PostgreSQL cannot keep is refused. */
    private static String content(Checks checks, @Nullable String content) {
        if (content == null || content.isEmpty()) {
            checks.error("/content", FieldProblems.REQUIRED, "required");
            return "";
        }
        checks.that(
                content.length() <= MOST_BYTES && content.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES,
                "/content",
                FieldProblems.TOO_LONG,
                "at most 65536 bytes of UTF-8");
        checks.that(
                storable(content), "/content", FieldProblems.NOT_PRINTABLE, "no NUL and no half of a surrogate pair");
        return content;
    }

    private static boolean storable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || c >= 0xD800 && c <= 0xDFFF);
    }

    /** Names no text, which belongs into no log. */
    @Override
    public String toString() {
        return "NewMessage[" + role + "]";
    }
}

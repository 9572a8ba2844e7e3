package org.bursar.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The opaque text of a keyset cursor: the sort's name and the key values of the last row. It grants nothing: a made-up
 * cursor only chooses another place in a list that the caller may see anyway.
 */
public final class Cursor {
    private static final int LONGEST = 2_000;

    private Cursor() {}

    /** Writes a cursor. */
    public static String encode(String sort, Object... keys) {
        StringBuilder text = new StringBuilder(sort);
        for (Object key : keys) {
            text.append('\u001f').append(key);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a cursor of that sort with so many keys.
     *
     * @throws ProblemException {@code invalid} at {@code /after} when it is of another list or no cursor at all
     */
    public static List<String> decode(String sort, int keys, String cursor) {
        try {
            if (cursor.length() > LONGEST) {
                throw bad();
            }
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            List<String> parts = List.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes).toString().split("\u001f", -1));
            if (parts.size() != keys + 1
                    || !parts.get(0).equals(sort)
                    || parts.stream().anyMatch(part -> part.indexOf('\0') >= 0)) {
                throw bad();
            }
            return parts.subList(1, parts.size());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw bad();
        }
    }

    /** What a cursor whose keys are not of the list's types is answered with. */
    public static ProblemException bad() {
        return new ProblemException(Problems.invalid(
                "/after", FieldProblems.INVALID_CURSOR, "use the value of next from the page before, unchanged"));
    }
}

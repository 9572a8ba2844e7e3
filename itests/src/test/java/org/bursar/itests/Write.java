package org.bursar.itests;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One write of a {@link Story}. In path and body {@code %name%} stands for what earlier writes have kept under the name.
 *
 * @param tables what the write changes, in its order: where a crash can catch it in the middle
 * @param keeps what of the answer is kept: the name and the JSON pointer
 * @param tag the path whose ETag is sent as If-Match; without one there is no If-Match
 * @param proof what GET of the tag's path shows once the write was done: a JSON pointer and a text
 */
record Write(
        String name,
        boolean byAdmin,
        String method,
        String path,
        String contentType,
        String body,
        List<String> tables,
        Map<String, String> keeps,
        String tag,
        List<String> proof) {
    private static final String JSON = "application/json";

    static Write post(String name, String path, String body, String... tables) {
        return new Write(name, false, "POST", path, JSON, body, List.of(tables), Map.of(), null, null);
    }

    static Write delete(String name, String path, String table) {
        return new Write(name, false, "DELETE", path, null, null, List.of(table), Map.of(), null, null);
    }

    /** A PUT or PATCH that is sent with If-Match. */
    static Write change(
            String name,
            String method,
            String path,
            String body,
            String table,
            String tag,
            String pointer,
            String text) {
        return new Write(name, false, method, path, JSON, body, List.of(table), Map.of(), tag, List.of(pointer, text));
    }

    Write keeping(String as, String pointer) {
        Map<String, String> more = new LinkedHashMap<>(keeps);
        more.put(as, pointer);
        return new Write(name, byAdmin, method, path, contentType, body, tables, more, tag, proof);
    }

    Write asAdmin() {
        return new Write(name, true, method, path, contentType, body, tables, keeps, tag, proof);
    }

    /** Under another name, which makes it another write with another key. */
    Write again(String other) {
        return new Write(other, byAdmin, method, path, contentType, body, tables, keeps, tag, proof);
    }

    Write typed(String type) {
        return new Write(name, byAdmin, method, path, type, body, tables, keeps, tag, proof);
    }

    /** Whether a key makes it happen once; usage reports are known by their events' ids. */
    boolean keyed() {
        return method.equals("POST") && !path.endsWith("/usage-events");
    }

    @Override
    public String toString() {
        return name;
    }
}

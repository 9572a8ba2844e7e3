package org.bursar.web.internal.live;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a page has seen, as text: {@code balance:Zk1…,purchases:q9A…}. */
public final class Marks {
    private static final int MOST = 8;

    private Marks() {}

    public static String text(Map<String, String> marks) {
        return new TreeMap<>(marks)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + ':' + entry.getValue())
                        .collect(Collectors.joining(","));
    }

    /** What is no such text is nothing that was seen. */
    static Map<String, String> read(String text) {
        Map<String, String> marks = new HashMap<>();
        for (String part : text.split(",", MOST)) {
            int colon = part.indexOf(':');
            if (colon > 0 && part.matches("[a-z]{1,20}:[A-Za-z0-9_-]{1,40}")) {
                marks.put(part.substring(0, colon), part.substring(colon + 1));
            }
        }
        return marks;
    }
}

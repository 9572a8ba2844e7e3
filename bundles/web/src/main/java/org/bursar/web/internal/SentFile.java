package org.bursar.web.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A file out of a form, on its way to an operation.
 *
 * @param field the name of its field
 * @param name as its sender calls it, without folders
 */
public record SentFile(String field, String name, byte[] content) {

    @Override
    public String toString() {
        return field + ": " + content.length + " bytes";
    }

    /** What separates the parts of a form with this file: nothing that stands in it by chance. */
    static String boundary() {
        return "form-" + Visit.random();
    }

    /** The body of a form (RFC 7578) with this file and texts; texts without value are left out. */
    byte[] body(String boundary, Map<String, String> texts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(content.length + 1_024);
        texts.forEach((text, value) -> {
            if (!value.isBlank()) {
                head(body, boundary, '"' + text + '"');
                body.writeBytes(value.getBytes(StandardCharsets.UTF_8));
            }
        });
        head(body, boundary, '"' + field + "\"; filename=\"" + name.replaceAll("[\"\\\\\\p{Cntrl}]", "_") + '"');
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    private static void head(ByteArrayOutputStream body, String boundary, String what) {
        String before = body.size() == 0 ? "--" : "\r\n--";
        body.writeBytes((before + boundary + "\r\nContent-Disposition: form-data; name=" + what + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
    }
}

package org.bursar.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** A form with a file, written from the fields of a JSON object: {@code slip} is the file. */
final class Multipart {
    static final String MEDIA_TYPE = "multipart/form-data";
    static final String TYPE = MEDIA_TYPE + "; boundary=edge-of-a-part";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Multipart() {}

    static String body(JsonNode fields) {
        StringBuilder body = new StringBuilder();
        fields.properties().forEach(field -> {
            String file = field.getKey().equals("slip") ? "; filename=\"slip.pdf\"" : "";
            body.append("--edge-of-a-part\r\nContent-Disposition: form-data; name=\"")
                    .append(field.getKey())
                    .append('"')
                    .append(file)
                    .append("\r\n\r\n")
                    .append(field.getValue().asText())
                    .append("\r\n");
        });
        return body.append("--edge-of-a-part--\r\n").toString();
    }

    static String body(String json) {
        try {
            return body(JSON.readTree(json));
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }
}

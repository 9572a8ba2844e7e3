package org.bursar.rest.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;

/** Reads and writes entities with one Application's mapper. */
final class JsonProvider extends JacksonJsonProvider {
    JsonProvider(ObjectMapper mapper) {
        super(mapper);
    }
}

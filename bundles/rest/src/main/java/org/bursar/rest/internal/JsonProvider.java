package org.bursar.rest.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import com.fasterxml.jackson.jakarta.rs.json.JsonEndpointConfig;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Reads and writes entities with one Application's mapper. Annotations of resource methods and their parameters say nothing to
 * Jackson here, and to compare them at each request would cost more than most answers do.
 */
final class JsonProvider extends JacksonJsonProvider {
    private static final Annotation[] NONE = {};

    JsonProvider(ObjectMapper mapper) {
        super(mapper);
    }

    @Override
    protected JsonEndpointConfig _endpointForReading(
            Class<Object> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers) {
        return super._endpointForReading(type, genericType, NONE, mediaType, headers);
    }

    @Override
    protected JsonEndpointConfig _endpointForWriting(
            Object value,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers) {
        return super._endpointForWriting(value, type, genericType, NONE, mediaType, headers);
    }
}

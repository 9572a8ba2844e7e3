package org.bursar.testing.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A status and a body. */
record Answer(int status, String body) {
    static Answer ok(JsonNode body) {
        return new Answer(200, body.toString());
    }

    static Answer error(int status, String type, String code, String param, String message) {
        return error(status, error(type, code, param, message));
    }

    static Answer error(int status, ObjectNode error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("error", error);
        return new Answer(status, body.toString());
    }

    static ObjectNode error(String type, String code, String param, String message) {
        ObjectNode error = JsonNodeFactory.instance.objectNode().put("type", type);
        if (!code.isEmpty()) {
            error.put("code", code);
        }
        if (!param.isEmpty()) {
            error.put("param", param);
        }
        return error.put("message", message);
    }
}

package org.bursar.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bursar.itests.OpenApi.Operation;

/**
 * A request that is wrong in one place.
 *
 * @param what the mutation, for people
 * @param head request line and headers, without Host, Content-Length and Connection
 * @param body null for none
 * @param pointer the field that must be named; empty when it is not a field
 * @param mayPass whether what came out may be right after all, or be ignored where it stands
 * @param chunked whether the length is not announced
 */
record BadRequest(
        Operation operation, String what, String head, byte[] body, String pointer, boolean mayPass, boolean chunked) {
    private static final Pattern INNARDS = Pattern.compile(
            "\\b(java|jakarta|org|com)\\.[a-z]+\\.|[a-z]Exception\\b|\\tat |\\bSQLSTATE\\b|<html|insert into ");
    private static final Pattern CODE = Pattern.compile("\"code\":\"[a-z][a-z0-9_]*\"");

    Wire.Reply send(int port) throws IOException {
        StringBuilder text = new StringBuilder(head);
        if (!head.contains("\nHost:")) {
            text.append("\nHost: 127.0.0.1:").append(port);
        }
        byte[] sent = body == null ? new byte[0] : body;
        if (chunked) {
            text.append("\nTransfer-Encoding: chunked");
            byte[] start = (Integer.toHexString(sent.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] end = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            byte[] framed = new byte[start.length + sent.length + end.length];
            System.arraycopy(start, 0, framed, 0, start.length);
            System.arraycopy(sent, 0, framed, start.length, sent.length);
            System.arraycopy(end, 0, framed, start.length + sent.length, end.length);
            sent = framed;
        } else if (body != null) {
            text.append("\nContent-Length: ").append(sent.length);
        }
        return Wire.send(port, text.toString(), sent);
    }

    /** What is wrong with the answer; nothing when it is as it must be. */
    List<String> faults(Wire.Reply reply) {
        List<String> faults = new ArrayList<>();
        boolean passed = reply.status() >= 200 && reply.status() < 400;
        boolean refused = reply.status() >= 400 && reply.status() < 500;
        if (!refused && !(passed && (mayPass || reply.text().contains("\"status\":\"rejected\"")))) {
            faults.add(passed ? "was taken" : "is no refusal");
        }
        if (INNARDS.matcher(reply.text()).find()) {
            faults.add("tells what is inside");
        }
        if (reply.header("Request-Id").isEmpty()
                || !reply.header("X-Content-Type-Options").equals("nosniff")) {
            faults.add("without the usual headers");
        }
        if (refused && !head.startsWith("HEAD ")) {
            if (!reply.header("Content-Type").startsWith("application/problem+json")
                    || !CODE.matcher(reply.text()).find()
                    || !reply.text().contains("\"status\":" + reply.status() + ",")) {
                faults.add("is no problem of RFC 9457");
            }
            if (!pointer.isEmpty() && !named(reply)) {
                faults.add("does not name " + pointer);
            }
        }
        return faults;
    }

    /** The field, or what it is in, or a part of it. */
    private boolean named(Wire.Reply reply) {
        if (reply.status() == 404 || reply.status() == 429) {
            // an id that is none is answered as one that nothing has; and who tries too often is not told more
            return true;
        }
        if (mayPass && (reply.status() == 403 || reply.status() == 409)) {
            // nothing is wrong with it: one before it has passed and suspended the tenant, say, or has done the same
            return true;
        }
        if (!reply.text().contains("\"pointer\":\"")) {
            return false;
        }
        for (String part : reply.text().split("\"pointer\":\"")) {
            String named = part.substring(0, Math.max(part.indexOf('"'), 0));
            if (!named.startsWith("{")
                    && (pointer.startsWith(named + "/") || pointer.equals(named) || named.startsWith(pointer + "/"))
                    && (named.startsWith("/"))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        String text = body == null ? "" : new String(body, 0, Math.min(body.length, 400), StandardCharsets.UTF_8);
        String line = head.replaceAll("(?m)^Authorization: Bearer .*$", "Authorization: …")
                .replace("\n", " | ");
        return operation + ", " + what + ": " + line.substring(0, Math.min(300, line.length())) + " || " + text;
    }

    /** The headers of a caller as lines. */
    static String lines(Map<String, String> headers) {
        StringBuilder lines = new StringBuilder();
        headers.forEach(
                (name, value) -> lines.append('\n').append(name).append(": ").append(value));
        return lines.toString();
    }
}

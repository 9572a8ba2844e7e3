package org.bursar.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One request as its bytes, also such as no client would send, on a connection of its own. */
final class Wire {
    private static final int PATIENCE = 30_000;

    private Wire() {}

    /** An answer as its bytes say; status 0 when the connection was closed without one. */
    record Reply(int status, Map<String, String> headers, String text) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** Sends a head, in which lines end with a line feed, with {@code Connection: close} added, and a body. */
    static Reply send(int port, String head, byte[] body) throws IOException {
        String[] lines = head.strip().split("\n");
        StringBuilder text = new StringBuilder(lines[0]).append("\r\n");
        for (int line = 1; line < lines.length; line++) {
            text.append(lines[line]).append("\r\n");
        }
        text.append("Connection: close\r\n\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        return send(port, request.toByteArray());
    }

    static Reply send(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
            socket.setSoTimeout(PATIENCE);
            Thread writer = new Thread(() -> write(socket, request), "wire");
            writer.setDaemon(true);
            writer.start();
            byte[] answer = answer(socket);
            return parsed(new String(answer, StandardCharsets.UTF_8));
        }
    }

    /** A request that is longer than the buffers is written while the answer may already be there. */
    private static void write(Socket socket, byte[] request) {
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // refused before all of it was read: the answer tells
        }
    }

    private static byte[] answer(Socket socket) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] buffer = new byte[16_384];
        try {
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                answer.write(buffer, 0, read);
            }
        } catch (java.net.SocketException e) {
            // reset, after an answer or without one
        }
        return answer.toByteArray();
    }

    private static Reply parsed(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        if (!answer.startsWith("HTTP/1.1 ") || end < 0) {
            return new Reply(0, Map.of(), answer);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        String[] lines = answer.substring(0, end).split("\r\n");
        for (int line = 1; line < lines.length; line++) {
            int colon = lines[line].indexOf(':');
            headers.put(
                    lines[line].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[line].substring(colon + 1).strip());
        }
        return new Reply(Integer.parseInt(answer.substring(9, 12)), headers, answer.substring(end + 4));
    }
}

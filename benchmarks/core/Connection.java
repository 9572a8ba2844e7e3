import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One HTTP/1.1 connection that stays open, and that costs the machine as little as it can: the load must not be what is measured. */
final class Connection implements Closeable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final String head;

    Connection(int port, String token) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
        out = socket.getOutputStream();
        head = "\r\nHost: 127.0.0.1:" + port + (token.isEmpty() ? "" : "\r\nAuthorization: Bearer " + token);
    }

    /** What came back. */
    record Answer(int status, String body) {
        Answer is(int wanted) {
            if (status != wanted) {
                throw new IllegalStateException(status + " instead of " + wanted + ": " + body);
            }
            return this;
        }

        /** The text behind a name, which must be unique in the answer. */
        String text(String name) {
            int at = body.indexOf('"' + name + "\":\"");
            if (at < 0) {
                throw new IllegalStateException("no " + name + " in " + body);
            }
            int from = at + name.length() + 4;
            return body.substring(from, body.indexOf('"', from));
        }
    }

    Answer get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1" + head + "\r\n\r\n");
    }

    Answer post(String path, String body) throws IOException {
        return send("POST", path, "application/json", "", body);
    }

    /** @param more further header lines, each ended by a line break */
    Answer send(String method, String path, String type, String more, String body) throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return send(method + ' ' + path + " HTTP/1.1" + head + "\r\nContent-Type: " + type + "\r\nContent-Length: "
                + length + "\r\n" + more + "\r\n" + body);
    }

    private Answer send(String request) throws IOException {
        out.write(request.getBytes(StandardCharsets.UTF_8));
        out.flush();
        String status = line();
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (header.regionMatches(true, 0, "Transfer-Encoding:", 0, 18)) {
                chunked = true;
            }
        }
        byte[] body = chunked ? chunks() : in.readNBytes(length);
        return new Answer(Integer.parseInt(status.substring(9, 12)), new String(body, StandardCharsets.UTF_8));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(), 16);
            all.write(in.readNBytes(size));
            line();
            if (size == 0) {
                return all.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        line.reset();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

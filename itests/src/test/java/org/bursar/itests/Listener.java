package org.bursar.itests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Somebody who listens to what open pages are told. On a socket, since not every resolver knows the hosts below localhost. */
final class Listener {
    private static final int PATIENCE_MILLIS = 12_000;

    private final BufferedReader lines;
    private final int status;

    private Listener(Socket socket) throws IOException {
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        status = Integer.parseInt(lines.readLine().split(" ")[1]);
    }

    static Listener at(String address, String session) throws IOException {
        URI uri = URI.create(address);
        Socket socket = new Socket("127.0.0.1", uri.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        String request = "GET " + uri.getRawPath() + '?' + uri.getRawQuery() + " HTTP/1.1\r\nHost: "
                + uri.getAuthority() + "\r\nConnection: close\r\nCookie: session=" + session + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new Listener(socket);
    }

    int status() {
        return status;
    }

    /** The next line that begins so; empty when it is over before. */
    String next(String begin) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(begin)) {
            line = lines.readLine();
        }
        return line == null ? "" : line;
    }

    /** Whether it is over before nothing has come for a while; it says something every ten seconds. */
    boolean ends() throws IOException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        try {
            while (lines.readLine() != null) {
                if (System.nanoTime() > end) {
                    return false;
                }
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}

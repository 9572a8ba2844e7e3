package org.bursar.mail.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A mail server that answers every recipient with one line, and everything else with yes. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

    ScriptedServer(String answer) throws IOException {
        Thread thread = new Thread(() -> serve(answer), "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(String answer) {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                    PrintStream out = new PrintStream(client.getOutputStream(), true, StandardCharsets.US_ASCII)) {
                out.print("220 scripted\r\n");
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    out.print(
                            line.startsWith("RCPT")
                                    ? answer + "\r\n"
                                    : line.startsWith("DATA") ? "354 go\r\n" : "250 yes\r\n");
                }
            } catch (IOException e) {
                // the client is gone, or the test is over
            }
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

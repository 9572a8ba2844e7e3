package org.bursar.database.embedded.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The port on the loopback interface: the configured one, or a free one that is remembered and taken again. */
final class Ports {
    private Ports() {}

    static int choose(PostgresSettings settings) throws IOException {
        if (settings.port() != 0) {
            if (!isFree(settings.port())) {
                throw new PostgresException("port " + settings.port() + " for PostgreSQL is taken: set embedded.port");
            }
            return settings.port();
        }
        Path remembered = settings.home().resolve("port");
        if (Files.exists(remembered)) {
            String text = Files.readString(remembered).trim();
            if (text.matches("[1-9]\\d{0,4}") && isFree(Integer.parseInt(text))) {
                return Integer.parseInt(text);
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            Folders.writePrivate(remembered, socket.getLocalPort() + "\n");
            return socket.getLocalPort();
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // as PostgreSQL does: connections of a former server that are just closing do not count
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port), 1);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}

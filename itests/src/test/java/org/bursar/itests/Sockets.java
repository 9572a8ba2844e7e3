package org.bursar.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a process can be reached, from what the kernel says: the sockets whose inodes it holds. */
final class Sockets {
    private static final String LISTENING = "0A";
    private static final String LOOPBACK = "0100007F";
    private static final int HEXADECIMAL = 16;

    private Sockets() {}

    /** The TCP addresses that it listens at, such as {@code 127.0.0.1:8080}; of others than 127.0.0.1 as the kernel writes them. */
    static Set<String> listening(long pid) throws IOException {
        Set<String> addresses = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String[] row : rows(pid, table)) {
                if (row[3].equals(LISTENING)) {
                    addresses.add(address(row[1]));
                }
            }
        }
        return addresses;
    }

    /** The UDP sockets that take datagrams from anybody. */
    static Set<String> datagrams(long pid) throws IOException {
        Set<String> addresses = new TreeSet<>();
        for (String table : List.of("udp", "udp6")) {
            for (String[] row : rows(pid, table)) {
                // one that is connected takes them from its peer alone
                if (row[2].endsWith(":0000")) {
                    addresses.add(address(row[1]));
                }
            }
        }
        return addresses;
    }

    private static List<String[]> rows(long pid, String table) throws IOException {
        Set<String> inodes;
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            inodes = open.map(Sockets::target).collect(Collectors.toSet());
        }
        return Files.readAllLines(Path.of("/proc", "net", table)).stream()
                .map(row -> row.strip().split("\\s+"))
                .filter(row -> row.length > 9 && inodes.contains("socket:[" + row[9] + "]"))
                .toList();
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            // closed in the meantime
            return "";
        }
    }

    /** Addresses are in hexadecimal, in words of the machine's byte order; an IPv4 one may be mapped into IPv6. */
    private static String address(String hexadecimal) {
        int colon = hexadecimal.indexOf(':');
        String address = hexadecimal.substring(0, colon);
        boolean loopback = address.equals(LOOPBACK) || address.equals("0000000000000000FFFF0000" + LOOPBACK);
        return (loopback ? "127.0.0.1" : address)
                + ':'
                + Integer.parseInt(hexadecimal.substring(colon + 1), HEXADECIMAL);
    }
}

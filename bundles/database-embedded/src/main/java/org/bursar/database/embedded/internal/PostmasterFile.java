package org.bursar.database.embedded.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code postmaster.pid} says: PostgreSQL writes it for its own tools, which learn from it when the server is ready. */
record PostmasterFile(long pid, String status) {
    private static final int STATUS_LINE = 7;

    static Optional<PostmasterFile> read(Path cluster) throws IOException {
        try {
            List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            long pid = Long.parseLong(lines.get(0).trim());
            return Optional.of(new PostmasterFile(
                    pid, lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).trim() : ""));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NumberFormatException e) {
            // half written by a server that is just starting or was cut off
            return Optional.empty();
        }
    }

    boolean isReady() {
        return status.equals("ready");
    }

    /**
     * Whether the process with this number is a server on this very cluster. After a power cut the number may belong to
     * anybody; a server's working folder is its cluster.
     */
    boolean isServerOf(Path cluster) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            return Files.isSameFile(process.resolve("cwd"), cluster);
        } catch (IOException e) {
            return false;
        }
    }
}

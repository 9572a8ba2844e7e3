package org.bursar.database.embedded.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server leaves behind that was killed. Its busy backends live on until their statements end, and while one of them
 * holds the shared memory no new server starts; its {@code postmaster.pid} names a number that somebody else may have by now.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final long PATIENCE_SECONDS = 5;

    private Leftovers() {}

    /**
     * Ends the backends of a cluster whose postmaster is gone, and forgets the postmaster. Only for whoever holds the lock of
     * the cluster's home, and knows that no postmaster of its own runs.
     *
     * @param program the server's own program: others may have the folder for their working folder
     */
    static void end(Path cluster, Path program) throws IOException {
        List<ProcessHandle> left = of(cluster, program);
        for (ProcessHandle process : left) {
            // they must not write any more; what they had not committed is undone by the recovery
            process.destroyForcibly();
        }
        for (ProcessHandle process : left) {
            process.onExit()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(late -> process)
                    .join();
        }
        if (!left.isEmpty()) {
            LOG.warn("ended {} processes that a killed PostgreSQL had left", left.size());
        }
        Optional<PostmasterFile> file = PostmasterFile.read(cluster);
        if (file.isPresent() && of(cluster, program).isEmpty()) {
            // PostgreSQL would not start while that number lives, whoever has it
            Files.deleteIfExists(cluster.resolve("postmaster.pid"));
        }
    }

    private static List<ProcessHandle> of(Path cluster, Path program) {
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes
                    .filter(process -> isSame(process, "cwd", cluster) && isSame(process, "exe", program))
                    .toList();
        }
    }

    private static boolean isSame(ProcessHandle process, String link, Path expected) {
        try {
            return Files.isSameFile(Path.of("/proc", Long.toString(process.pid()), link), expected);
        } catch (IOException e) {
            // it has ended, or is another user's
            return false;
        }
    }
}

package org.bursar.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The processes of one PostgreSQL, which can be stopped, continued and killed. */
final class Processes {
    private Processes() {}

    static long postmaster(Path data) throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("postgresql/data/postmaster.pid"))
                .get(0)
                .trim());
    }

    /** Everything whose working folder is the cluster, the postmaster first. */
    static List<Long> all(Path data) throws IOException {
        Path cluster = data.resolve("postgresql/data");
        long first = postmaster(data);
        List<Long> found = new ArrayList<>(List.of(first));
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            for (ProcessHandle process : (Iterable<ProcessHandle>) processes::iterator) {
                if (process.pid() != first && worksIn(process.pid(), cluster)) {
                    found.add(process.pid());
                }
            }
        }
        return found;
    }

    private static boolean worksIn(long pid, Path folder) {
        try {
            return Files.isSameFile(Path.of("/proc", Long.toString(pid), "cwd"), folder);
        } catch (IOException e) {
            // it has ended, or is not ours
            return false;
        }
    }

    static void signal(String signal, List<Long> pids) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        new ProcessBuilder(command).start().waitFor();
    }
}

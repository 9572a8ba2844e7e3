package org.bursar.database.embedded.internal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the server's programs as PostgreSQL wants them run: never as root, and out of reach of the terminal's Ctrl-C, which
 * goes to the platform alone so that the pool is closed before the server stops.
 */
final class Commands {
    private static final int ROOT = 0;
    private static final long PROBE_SECONDS = 5;

    private final List<String> prefix;
    private final List<String> owner;

    private Commands(List<String> prefix, List<String> owner) {
        this.prefix = List.copyOf(prefix);
        this.owner = List.copyOf(owner);
    }

    /** Finds out once how the programs can be run by the user that this process has. */
    static Commands forThisUser() throws IOException {
        List<String> session = succeeds(List.of("setsid", "true")) ? List.of("setsid") : List.of();
        if (!Integer.valueOf(ROOT).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            return new Commands(session, List.of());
        }
        List<String> namespace = List.of("unshare", "--user");
        if (succeeds(join(namespace, "true"))) {
            // in a user namespace without a mapping root is nobody in PostgreSQL's eyes, and the files keep their owner
            return new Commands(join(session, namespace.toArray(String[]::new)), List.of());
        }
        String user = succeeds(List.of("id", "-u", "postgres")) ? "postgres" : "nobody";
        List<String> other = List.of("setpriv", "--reuid", user, "--clear-groups", "--regid", groupOf(user));
        if (succeeds(join(other, "true"))) {
            return new Commands(join(session, other.toArray(String[]::new)), List.of(user));
        }
        throw new PostgresException("PostgreSQL does not run as root, and neither unshare nor setpriv works here: "
                + "start the platform as another user, or configure a database");
    }

    /**
     * Gives the files to the user that the programs run as, where that is another one. It may then pass through the folder
     * above, but not list it.
     */
    void own(Path folder) throws IOException {
        for (String user : owner) {
            List<List<String>> changes = List.of(
                    List.of("chown", "-R", user, folder.toString()),
                    List.of("chmod", "o+x", folder.resolveSibling(".").toString()));
            for (List<String> change : changes) {
                Result result = run(change, PROBE_SECONDS * 12, false);
                if (result.status() != 0) {
                    throw new PostgresException(
                            "cannot give " + folder + " to the user " + user + ": " + result.output());
                }
            }
        }
    }

    /** Runs to the end; a status other than zero is the caller's to judge. */
    Result run(List<String> command, long timeoutSeconds) throws IOException {
        return run(command, timeoutSeconds, true);
    }

    /** Starts and leaves running; what it says before its own log is open goes to the file. */
    Process start(List<String> command, Path output) throws IOException {
        return builder(join(prefix, command.toArray(String[]::new)))
                .redirectOutput(output.toFile())
                .start();
    }

    private Result run(List<String> command, long timeoutSeconds, boolean prefixed) throws IOException {
        Path output = Files.createTempFile("bursar-postgresql-", ".out");
        try {
            List<String> whole = prefixed ? join(prefix, command.toArray(String[]::new)) : command;
            Process process = builder(whole).redirectOutput(output.toFile()).start();
            if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new PostgresException(command.get(0) + " did not end within " + timeoutSeconds + " s");
            }
            return new Result(process.exitValue(), Files.readString(output).trim());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted while running " + command.get(0), e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .directory(new File("/"));
        // PGPORT, PGDATA and the like are the caller's for another server; the locale is fixed so that messages are too
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process = builder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            // the program is not installed
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String groupOf(String user) throws IOException {
        Process process = builder(List.of("id", "-g", user)).start();
        try (var reader = process.inputReader()) {
            String group = reader.readLine();
            return group == null ? user : group;
        }
    }

    private static List<String> join(List<String> first, String... rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(rest));
        return all;
    }

    record Result(int status, String output) {}
}

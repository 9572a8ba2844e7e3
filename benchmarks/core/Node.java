import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A platform of its own on an empty data folder with its embedded PostgreSQL, and the way to both. */
final class Node implements AutoCloseable {
    private static final String PASSWORD = "Benchmarks-2026!";
    private static final Pattern ADDRESS = Pattern.compile("PostgreSQL \\S+ accepts connections at 127\\.0\\.0\\.1:(\\d+)");
    private static final long PATIENCE_SECONDS = 180;

    private final Path data = Files.createTempDirectory("bursar-bench");
    private final int port = freePort();
    private final int ssh = freePort();
    private final Process process;
    private final int database;

    Node() throws Exception {
        ProcessBuilder run = new ProcessBuilder("./run").redirectErrorStream(true);
        run.redirectOutput(data.resolve("run.log").toFile());
        run.environment().put("BURSAR_DATA", data.toString());
        run.environment().put("BURSAR_PORT", Integer.toString(port));
        run.environment().put("BURSAR_SSH_PORT", Integer.toString(ssh));
        run.environment().put("BURSAR_ADMIN_EMAIL", "admin@bench.example");
        run.environment().put("BURSAR_ADMIN_PASSWORD", PASSWORD);
        process = run.start();
        // whoever ends the benchmark ends the platform
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!ready()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("not ready: " + Files.readString(data.resolve("run.log")));
            }
            Thread.sleep(200);
        }
        Matcher address = ADDRESS.matcher(Files.readString(data.resolve("log").resolve("bursar.log")));
        if (!address.find()) {
            throw new IllegalStateException("the log does not tell where PostgreSQL is");
        }
        database = Integer.parseInt(address.group(1));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean ready() {
        try (Connection connection = new Connection(port, "")) {
            return connection.get("/health/ready").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The last lines of the log that complain. */
    String complaints() throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("log").resolve("bursar.log")).stream()
                .filter(line -> line.contains("WARN") || line.contains("ERROR"))
                .toList();
        return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    int port() {
        return port;
    }

    /** A session of the platform's admin. */
    String admin() throws IOException {
        try (Connection anybody = new Connection(port, "")) {
            return anybody.post(
                            "/api/v1/sessions",
                            "{\"email\": \"admin@bench.example\", \"password\": \"" + PASSWORD + "\"}")
                    .is(201)
                    .text("token");
        }
    }

    /** Runs SQL as the owner; the answer without ornament. */
    String sql(String statements) throws Exception {
        return output(List.of("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statements));
    }

    /** Transactions a second of a pgbench script. */
    double pgbench(String script, int clients, int seconds) throws Exception {
        Path file = Files.writeString(data.resolve("script.sql"), script);
        String out = output(List.of(
                "pgbench", "-n", "-M", "prepared", "-c", Integer.toString(clients), "-j", "2", "-T",
                Integer.toString(seconds), "-f", file.toString()));
        Matcher tps = Pattern.compile("tps = ([0-9.]+)").matcher(out);
        if (!tps.find()) {
            throw new IllegalStateException(out);
        }
        return Double.parseDouble(tps.group(1));
    }

    /** Whether a folder for recordings is given. */
    boolean records() {
        return System.getenv("BENCH_RECORD") != null;
    }

    /** Records with Java Flight Recorder what the platform does in the next seconds. */
    void record(String name, int seconds) throws Exception {
        String folder = java.util.Objects.requireNonNull(System.getenv("BENCH_RECORD"));
        ProcessHandle java = process.toHandle()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
        Path file = Path.of(folder).toAbsolutePath().resolve(name.replaceAll("[^a-z0-9]+", "-") + ".jfr");
        Process command = new ProcessBuilder(
                        "jcmd", Long.toString(java.pid()), "JFR.start", "duration=" + seconds + "s", "filename=" + file, "settings=profile")
                .redirectErrorStream(true)
                .start();
        String out = new String(command.getInputStream().readAllBytes());
        if (command.waitFor() != 0) {
            throw new IllegalStateException(out);
        }
    }

    /** Processor seconds that the platform, PostgreSQL and the load have taken so far. */
    record Work(double platform, double database, double load) {
        /** Microseconds for each of so many things done since then, in words. */
        String since(Work before, double things) {
            return String.format(
                    java.util.Locale.ROOT,
                    "platform %.0f, PostgreSQL %.0f, load %.0f us each",
                    (platform - before.platform) * 1e6 / things,
                    (database - before.database) * 1e6 / things,
                    (load - before.load) * 1e6 / things);
        }
    }

    /** Wherever other work is on the machine this tells more than how many were done a second. Only Linux tells it. */
    Work work() throws IOException {
        Path system = Path.of("/proc");
        if (!Files.isDirectory(system.resolve("self"))) {
            return new Work(0, 0, 0);
        }
        // found by its own file, whose first line is its number: it may be a descendant of ours or have been left to itself
        long server = Long.parseLong(Files.readAllLines(postmaster()).get(0).strip());
        List<Long> backends = ProcessHandle.of(server).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .toList();
        double database = seconds(server, true)
                + backends.stream().mapToDouble(backend -> seconds(backend, false)).sum();
        double platform = process.toHandle()
                .descendants()
                .mapToLong(ProcessHandle::pid)
                .filter(child -> child != server && !backends.contains(child))
                .mapToDouble(child -> seconds(child, false))
                .sum();
        return new Work(platform, database, seconds(ProcessHandle.current().pid(), false));
    }

    private Path postmaster() throws IOException {
        try (Stream<Path> files = Files.find(data, 4, (path, facts) -> path.endsWith("postmaster.pid"))) {
            return files.findFirst().orElseThrow();
        }
    }

    /** Of a process, and of its children that have ended if that is asked for. */
    private static double seconds(long pid, boolean children) {
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            if (children) {
                ticks += Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
            }
            return ticks / 100.0;
        } catch (IOException e) {
            // it has ended meanwhile
            return 0;
        }
    }

    /** Starts a bundle beside the platform's. */
    void install(Path jar) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("./bursar", "bundle:install", "-s", jar.toUri().toString())
                .redirectErrorStream(true);
        builder.environment().put("BURSAR_DATA", data.toString());
        builder.environment().put("BURSAR_SSH_PORT", Integer.toString(ssh));
        Process running = builder.start();
        String out = new String(running.getInputStream().readAllBytes());
        if (running.waitFor() != 0) {
            throw new IllegalStateException(out);
        }
    }

    private String output(List<String> command) throws Exception {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(database), "-U", "bursar_owner"));
        all.add(command.get(0).equals("psql") ? "-dbursar" : "bursar");
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", secret("database-bursar-owner"));
        Process running = builder.start();
        String out = new String(running.getInputStream().readAllBytes());
        if (running.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + out);
        }
        return out.strip();
    }

    private String secret(String name) throws IOException {
        return Files.readString(data.resolve("secrets").resolve(name)).strip();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One run of the distribution as an operator has it: unpacked, with ports and a data folder of its own, started by its script,
 * killed and started again at will. What is written stays in the data folder between starts.
 */
final class Platform implements AutoCloseable {
    static final String ADMIN = "admin@platform.example";
    static final String ADMIN_PASSWORD = "Correct-Horse-7-Battery";
    static final long PATIENCE_SECONDS = 180;

    private final Path home;
    private final Path data;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Process> started = new ArrayList<>();

    private Platform(Path home, Path data) {
        this.home = home;
        this.data = data;
        if (!Soak.on()) {
            with("EXTRA_JAVA_OPTS", Soak.QUICK_JVM);
        }
        with("BURSAR_DATA", data.toString());
        with("BURSAR_PORT", freePort());
        with("BURSAR_SSH_PORT", freePort());
    }

    /** A fresh distribution, not yet started, without an admin of its own: the first start prints a one-time link. */
    static Platform unpacked(String name) throws Exception {
        Path folder = Path.of("target", name + " " + System.nanoTime()).toAbsolutePath();
        Files.createDirectories(folder);
        Process tar = new ProcessBuilder(
                        "tar", "xzf", System.getProperty("bursar.distribution"), "-C", folder.toString())
                .inheritIO()
                .start();
        assertEquals("the archive is unpacked", 0, tar.waitFor());
        try (Stream<Path> unpacked = Files.list(folder)) {
            return new Platform(unpacked.findFirst().orElseThrow(), folder.resolve("data"));
        }
    }

    /** The same with the admin {@link #ADMIN}. */
    static Platform withAdmin(String name) throws Exception {
        return unpacked(name).with("BURSAR_ADMIN_EMAIL", ADMIN).with("BURSAR_ADMIN_PASSWORD", ADMIN_PASSWORD);
    }

    /** A further run of the same distribution, with other ports, another data folder and the same settings otherwise. */
    Platform beside(String name) {
        Platform other = new Platform(home, data.resolveSibling(name));
        environment.forEach((variable, value) -> {
            if (!List.of("BURSAR_DATA", "BURSAR_PORT", "BURSAR_SSH_PORT").contains(variable)) {
                other.with(variable, value);
            }
        });
        return other;
    }

    /** Sets an environment variable for later starts and commands. */
    Platform with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path home() {
        return home;
    }

    Path data() {
        return data;
    }

    Path configuration(String pid) {
        return data.resolve("karaf").resolve("etc").resolve(pid + ".cfg");
    }

    String log() throws IOException {
        return Files.readString(data.resolve("log").resolve("bursar.log"));
    }

    int port() {
        return Integer.parseInt(environment.get("BURSAR_PORT"));
    }

    int sshPort() {
        return Integer.parseInt(environment.get("BURSAR_SSH_PORT"));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Somebody without a key. */
    Http anybody() {
        return Http.at(address());
    }

    /** The platform's admin with a new session. */
    Http admin() {
        String token = anybody()
                .post("/api/v1/sessions", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(ADMIN, ADMIN_PASSWORD))
                .is(201)
                .at("/token");
        return anybody().bearer(token);
    }

    /** Starts it and waits until it says that it is ready. */
    Platform start() throws Exception {
        startUntil("bursar: ready after");
        return this;
    }

    /** Starts it and waits for a line that contains the text. */
    Process startUntil(String text) throws Exception {
        Process process = begin();
        List<String> said = new ArrayList<>();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String next = out.readLine(); next != null; next = out.readLine()) {
            said.add(next);
            if (next.contains(text)) {
                drain(out);
                return process;
            }
        }
        throw new AssertionError("ended before it was ready: " + said);
    }

    /** Starts it and waits for nothing; the caller reads what it says. */
    Process begin() throws IOException {
        Process process = process(List.of(script("run"))).start();
        started.add(process);
        return process;
    }

    /** Nobody needs what is said after that, but a full pipe would stop the script. */
    private static void drain(BufferedReader out) {
        Thread reader = new Thread(
                () -> {
                    try {
                        out.transferTo(Writer.nullWriter());
                    } catch (IOException e) {
                        // the process is gone
                    }
                },
                "platform-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** The script's process of the last start. */
    Process process() {
        return started.get(started.size() - 1);
    }

    /** The JVM of the last start. */
    ProcessHandle jvm() {
        return process().children().findFirst().orElseThrow(() -> new AssertionError("the platform does not run"));
    }

    /** The embedded server's main process. */
    ProcessHandle postgres() throws IOException {
        return ProcessHandle.of(Long.parseLong(postmaster().get(0).strip())).orElseThrow();
    }

    /** Kills the JVM as a power cut would; the embedded PostgreSQL lives on, as an orphan. */
    void kill() throws InterruptedException {
        Process script = process();
        jvm().destroyForcibly();
        assertTrue("the script ends with its platform", script.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** Stops it in good order, as SIGTERM does. */
    int stop() throws InterruptedException {
        Process script = process();
        script.destroy();
        assertTrue("SIGTERM ends it", script.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        return script.exitValue();
    }

    /** Runs one command of the distribution's shell from outside. */
    Result command(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(script("bursar")));
        command.addAll(List.of(words));
        return run(command);
    }

    /** Runs a program with the platform's environment to its end. */
    Result run(List<String> command) throws Exception {
        Process process = process(command).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(command + " goes on for ever", process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        return new Result(process.exitValue(), output);
    }

    record Result(int status, String output) {
        /** What was printed by a command that succeeded. */
        String text() {
            assertEquals(output, 0, status);
            return output;
        }
    }

    String script(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("BURSAR_") || name.equals("JAVA_OPTS"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        return builder;
    }

    /** The embedded server's own administrator, whom no policy holds: for tests alone, the platform never uses this role. */
    Connection superuser() throws SQLException {
        return connection("postgres", "database-postgres");
    }

    /** The owner of the schemas, whom the policies hold like everybody. */
    Connection owner() throws SQLException {
        return connection("bursar_owner", "database-bursar-owner");
    }

    /** The first column of a statement's rows, run by the embedded server's administrator. */
    List<String> query(String sql) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            List<String> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet results = statement.getResultSet();
                while (results.next()) {
                    rows.add(results.getString(1));
                }
            }
            return rows;
        }
    }

    /** A secret that the platform keeps in its data folder. */
    String secret(String name) {
        try {
            return Files.readString(data.resolve("secrets").resolve(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String jdbcUrl() {
        try {
            return "jdbc:postgresql://127.0.0.1:" + postmaster().get(3).strip() + "/bursar";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Connection connection(String role, String secret) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl());
        return source.getConnection(role, secret(secret));
    }

    /** Main process, folder, start, port … one a line, as PostgreSQL writes them. */
    private List<String> postmaster() throws IOException {
        return Files.readAllLines(data.resolve("postgresql").resolve("data").resolve("postmaster.pid"));
    }

    /** Leaves nothing running, however the test ended. */
    @Override
    public void close() throws Exception {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        // an orphan of a platform that was killed and never started again
        processes(line -> line.contains(data.toString())).forEach(ProcessHandle::destroyForcibly);
    }

    /** The processes whose command line the predicate takes. One that ended but was not waited for has none. */
    static List<ProcessHandle> processes(Predicate<String> wanted) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().filter(wanted).isPresent())
                .toList();
    }

    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

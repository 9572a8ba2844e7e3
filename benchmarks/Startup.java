import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How long Bursar takes to be ready, and how much memory it holds then.
 *
 * <p>{@code java benchmarks/Startup.java [rounds]} from the root of the tree, after a build. Each round starts {@code ./run} on an
 * empty data folder, waits for {@code /health/ready}, reads the JVM's resident memory, stops it with SIGTERM, and starts it again on
 * the same folder. Beside them it measures the raw limits on the same machine: {@code initdb} alone, which no first start can undercut,
 * and a JVM that only starts and ends.
 */
public final class Startup {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Map<String, List<Double>> FIGURES = new TreeMap<>();

    private Startup() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        for (int round = 0; round < rounds; round++) {
            Path data = Files.createTempDirectory("bursar-startup");
            try {
                start(data, "first start to ready, s", "resident memory of the JVM at ready, MB");
                start(data, "restart to ready, s", "resident memory after restart, MB");
                raw(data);
            } finally {
                delete(data);
            }
        }
        report(rounds);
    }

    private static void start(Path data, String time, String memory) throws Exception {
        int port = freePort();
        ProcessBuilder run = new ProcessBuilder("./run").redirectErrorStream(true);
        run.redirectOutput(data.resolve("run.log").toFile());
        run.environment().put("BURSAR_DATA", data.toString());
        run.environment().put("BURSAR_PORT", Integer.toString(port));
        run.environment().put("BURSAR_SSH_PORT", Integer.toString(freePort()));
        run.environment().put("BURSAR_ADMIN_EMAIL", "admin@startup.example");
        run.environment().put("BURSAR_ADMIN_PASSWORD", "Startup-2026!");
        long start = System.nanoTime();
        Process process = run.start();
        try {
            while (!ready(port)) {
                if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new IllegalStateException("not ready:\n" + Files.readString(data.resolve("run.log")));
                }
                Thread.sleep(20);
            }
            record(time, (System.nanoTime() - start) / 1e9);
            record(memory, residentMegabytes(process));
        } finally {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("did not stop within 60 s of SIGTERM");
            }
        }
    }

    private static boolean ready(int port) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/health/ready").toURL().openConnection();
            connection.setConnectTimeout(500);
            connection.setReadTimeout(2_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static double residentMegabytes(Process run) throws IOException {
        double most = 0;
        for (ProcessHandle child : run.descendants().toList()) {
            if (child.info().command().orElse("").endsWith("/java")) {
                for (String line : Files.readAllLines(Path.of("/proc/" + child.pid() + "/status"))) {
                    if (line.startsWith("VmRSS:")) {
                        most = Math.max(most, Double.parseDouble(line.replaceAll("\\D", "")) / 1024);
                    }
                }
            }
        }
        return most;
    }

    private static void raw(Path data) throws Exception {
        Path initdb;
        try (Stream<Path> files = Files.walk(data.resolve("postgresql"))) {
            initdb = files.filter(file -> file.endsWith("bin/initdb")).findFirst().orElseThrow();
        }
        List<String> command = new ArrayList<>(
                System.getProperty("user.name").equals("root") ? List.of("unshare", "-U") : List.of());
        Collections.addAll(
                command,
                initdb.toString(),
                "-D",
                data.resolve("raw").toString(),
                "-U",
                "postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C");
        timed("raw: initdb alone, s", command);
        timed("raw: a JVM that starts and ends, s", List.of(ProcessHandle.current().info().command().orElse("java"), "-version"));
    }

    private static void timed(String figure, List<String> command) throws Exception {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed");
        }
        record(figure, (System.nanoTime() - start) / 1e9);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void record(String figure, double value) {
        FIGURES.computeIfAbsent(figure, name -> new ArrayList<>()).add(value);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void report(int rounds) {
        System.out.printf("%d rounds, %d processors, Java %s%n%n", rounds, Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
        System.out.println("| figure | median | least | most |\n| --- | --- | --- | --- |");
        FIGURES.forEach((figure, values) -> {
            List<Double> sorted = values.stream().sorted().toList();
            System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f | %.2f |%n", figure, sorted.get(sorted.size() / 2),
                    sorted.get(0), sorted.get(sorted.size() - 1));
        });
    }
}

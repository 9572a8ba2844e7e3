package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The distribution as an operator meets it: unpacked, started, commanded, killed, started again and stopped. */
public class RunScriptIT {
    private static final long PATIENCE_SECONDS = 180;
    private static final String LISTENING = "0A";

    private final List<Process> started = new ArrayList<>();
    private Path home;
    private Path data;
    private Map<String, String> environment;

    @Before
    public void unpack() throws Exception {
        Path folder = Path.of("target", "run script " + System.nanoTime()).toAbsolutePath();
        Files.createDirectories(folder);
        assertEquals(
                0,
                run(List.of("tar", "xzf", System.getProperty("bursar.distribution"), "-C", folder.toString()))
                        .status());
        try (Stream<Path> unpacked = Files.list(folder)) {
            home = unpacked.findFirst().orElseThrow();
        }
        data = folder.resolve("data");
        environment = Map.of(
                "BURSAR_DATA", data.toString(),
                "BURSAR_PORT", freePort(),
                "BURSAR_SSH_PORT", freePort());
    }

    @After
    public void leaveNothingRunning() throws Exception {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    @Test
    public void aRunTakesCommandsSurvivesAKillAndStopsWithoutATrace() throws Exception {
        Process first = startAndAwaitReady("the first sign-in, once: http");
        long platform = first.children().findFirst().orElseThrow().pid();

        assertEquals(Set.of("127.0.0.1"), listeningAddresses(platform));
        assertEquals(Set.of("127.0.0.1"), listeningAddresses(database()));
        assertNobodyElseReads(data.resolve("secrets"));
        assertNobodyElseReads(data.resolve("karaf").resolve("etc"));
        commandsSayWhatHappened();
        aSecondRunIsRefused();

        long orphan = database();
        ProcessHandle.of(platform).orElseThrow().destroyForcibly();
        assertTrue(first.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertNotEquals("a platform that was killed has not stopped well", 0, first.exitValue());
        assertTrue("the database outlives a killed platform", runs(orphan));

        Process second = startAndAwaitReady("bursar: ready after");
        assertFalse("the next start replaces the orphan", runs(orphan));
        long replacement = database();
        second.destroy();
        assertTrue(second.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals("SIGTERM stops in good order", 0, second.exitValue());
        assertFalse(runs(replacement));
        assertEquals(List.of(), processesNaming(data.toString()));
    }

    private void commandsSayWhatHappened() throws Exception {
        Result list = run(List.of(script("bursar"), "tenant:list", "--json"));
        assertEquals(list.output(), 0, list.status());
        assertTrue(list.output(), list.output().contains("\"items\""));
        Result words = run(List.of(script("bursar"), "shell:echo", "it's $HOME", "\"b\" (c=d); {e}", "é"));
        assertEquals("it's $HOME \"b\" (c=d); {e} é", words.output().strip());
        Result unknown = run(List.of(script("bursar"), "no:such-command"));
        assertNotEquals(0, unknown.status());
        assertFalse("no colours where nobody looks", unknown.output().contains("\u001b"));
    }

    private void aSecondRunIsRefused() throws Exception {
        Result second = run(List.of(script("run")));
        assertEquals(1, second.status());
        assertTrue(second.output(), second.output().contains("already running on " + data));
    }

    private Process startAndAwaitReady(String line) throws Exception {
        Process process = process(List.of(script("run"))).start();
        started.add(process);
        List<String> said = new ArrayList<>();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String next = out.readLine(); next != null; next = out.readLine()) {
            said.add(next);
            if (next.contains(line)) {
                return process;
            }
        }
        throw new AssertionError("ended before it was ready: " + said);
    }

    private Result run(List<String> command) throws Exception {
        Process process = process(command).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(command + " goes on for ever", process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        return new Result(process.exitValue(), output);
    }

    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("BURSAR_") || name.equals("JAVA_OPTS"));
        builder.environment().put("LC_ALL", "C");
        if (environment != null) {
            builder.environment().putAll(environment);
        }
        return builder;
    }

    private String script(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private long database() throws IOException {
        Path file = data.resolve("postgresql").resolve("data").resolve("postmaster.pid");
        return Long.parseLong(Files.readAllLines(file).get(0).strip());
    }

    private static void assertNobodyElseReads(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                assertTrue(file + " " + permissions, permissions.endsWith("------"));
            }
        }
    }

    /** From what the kernel says: the listening sockets whose inodes the process holds. */
    private static Set<String> listeningAddresses(long pid) throws IOException {
        Set<String> inodes;
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            inodes = open.map(RunScriptIT::target).collect(Collectors.toSet());
        }
        Set<String> addresses = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String row : Files.readAllLines(Path.of("/proc", "net", table))) {
                String[] fields = row.strip().split("\\s+");
                if (fields[3].equals(LISTENING) && inodes.contains("socket:[" + fields[9] + "]")) {
                    addresses.add(address(fields[1].substring(0, fields[1].indexOf(':'))));
                }
            }
        }
        return addresses;
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
        String loopback = "0100007F";
        return hexadecimal.equals(loopback) || hexadecimal.equals("0000000000000000FFFF0000" + loopback)
                ? "127.0.0.1"
                : hexadecimal;
    }

    /** A process that ended but whose parent has not asked for its status has no command line any more. */
    private static boolean runs(long pid) throws IOException {
        Path commandLine = Path.of("/proc", Long.toString(pid), "cmdline");
        return Files.exists(commandLine) && Files.readAllBytes(commandLine).length > 0;
    }

    private static List<String> processesNaming(String text) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(text))
                .toList();
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private record Result(int status, String output) {}
}

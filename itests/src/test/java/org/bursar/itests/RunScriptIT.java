package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The distribution as an operator meets it: unpacked, started, commanded, killed, started again and stopped. */
public class RunScriptIT {
    private static final String LISTENING = "0A";

    private Platform platform;

    @Before
    public void unpack() throws Exception {
        platform = Platform.unpacked("run script");
    }

    @After
    public void leaveNothingRunning() throws Exception {
        platform.close();
    }

    @Test
    public void aRunTakesCommandsSurvivesAKillAndStopsWithoutATrace() throws Exception {
        Path data = platform.data();
        Process first = platform.startUntil("the first sign-in, once: http");

        assertEquals(Set.of("127.0.0.1"), listeningAddresses(platform.jvm().pid()));
        assertEquals(Set.of("127.0.0.1"), listeningAddresses(platform.postgres().pid()));
        assertNobodyElseReads(data.resolve("secrets"));
        assertNobodyElseReads(data.resolve("karaf").resolve("etc"));
        commandsSayWhatHappened();
        aSecondRunIsRefused();

        long orphan = platform.postgres().pid();
        platform.kill();
        assertNotEquals("a platform that was killed has not stopped well", 0, first.exitValue());
        assertTrue("the database outlives a killed platform", runs(orphan));

        platform.start();
        assertFalse("the next start replaces the orphan", runs(orphan));
        long replacement = platform.postgres().pid();
        assertEquals("SIGTERM stops in good order", 0, platform.stop());
        assertFalse(runs(replacement));
        assertEquals(List.of(), Platform.processes(line -> line.contains(data.toString())));
    }

    private void commandsSayWhatHappened() throws Exception {
        String list = platform.command("tenant:list", "--json").text();
        assertTrue(list, list.contains("\"items\""));
        Platform.Result words = platform.command("shell:echo", "it's $HOME", "\"b\" (c=d); {e}", "é");
        assertEquals("it's $HOME \"b\" (c=d); {e} é", words.output().strip());
        Platform.Result unknown = platform.command("no:such-command");
        assertNotEquals(0, unknown.status());
        assertFalse("no colours where nobody looks", unknown.output().contains("\u001b"));
    }

    private void aSecondRunIsRefused() throws Exception {
        Platform.Result second = platform.run(List.of(platform.script("run")));
        assertEquals(1, second.status());
        assertTrue(second.output(), second.output().contains("already running on " + platform.data()));
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
}

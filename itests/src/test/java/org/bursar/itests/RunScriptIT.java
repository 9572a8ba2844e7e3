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
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The distribution as an operator meets it: unpacked, started, commanded, killed, started again and stopped. */
public class RunScriptIT {

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

    /** A process that ended but whose parent has not asked for its status has no command line any more. */
    private static boolean runs(long pid) throws IOException {
        Path commandLine = Path.of("/proc", Long.toString(pid), "cmdline");
        return Files.exists(commandLine) && Files.readAllBytes(commandLine).length > 0;
    }
}

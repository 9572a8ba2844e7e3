package org.bursar.itests;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** A platform that was killed in the middle of its very first start comes up at the next. */
public class FirstStartIT {
    private static final long PATIENCE_MILLIS = 120_000;

    /** Killed when the file appears in the data folder. */
    private static final List<String> FEW = List.of("postgresql/initdb-password", "postgresql/data/postmaster.pid");

    private static final List<String> MANY = List.of(
            "karaf/data/cache/bundle40",
            "postgresql/bin.unfinished-*",
            "postgresql/initdb-password",
            "postgresql/data.unfinished/global/pg_control",
            "postgresql/data/postmaster.pid");

    /** Killed when this is in the log. */
    private static final List<String> SAID = List.of("schema identity: ", "schema purchases: ");

    private static Platform first;

    @BeforeClass
    public static void unpack() throws Exception {
        first = Platform.withAdmin("first start");
    }

    @AfterClass
    public static void leaveNothingRunning() throws Exception {
        if (first != null) {
            first.close();
        }
    }

    @Test
    public void comesUpAfterAKillInItsVeryFirstStart() throws Exception {
        List<String> broken = new ArrayList<>();
        int tried = 0;
        for (String file : Soak.on() ? MANY : FEW) {
            broken.addAll(killed(++tried, file, platform -> appeared(platform.data(), file)));
        }
        for (String text : Soak.on() ? SAID : List.<String>of()) {
            broken.addAll(killed(++tried, text, platform -> said(platform, text)));
        }
        Scorecard.add(Figure.JVM_KILLS, tried, tried - broken.size());
        assertEquals(List.of(), broken);
    }

    private interface Moment {
        boolean come(Platform platform) throws IOException;
    }

    private static List<String> killed(int number, String name, Moment moment) throws Exception {
        try (Platform platform = first.beside("data " + number)) {
            Process script = platform.begin();
            for (long millis = 0; !moment.come(platform); millis += 5) {
                if (millis > PATIENCE_MILLIS || !script.isAlive()) {
                    return List.of(name + ": never came");
                }
                Thread.sleep(5);
            }
            kill(platform, script);
            long started = System.nanoTime();
            try {
                platform.start();
                Scorecard.worst(Figure.JVM_RECOVERY, Duration.ofNanos(System.nanoTime() - started));
                platform.admin()
                        .post(
                                "/api/v1/tenants",
                                Bodies.tenant("harborlight", "Harborlight AI", "mara@harborlight.example"))
                        .is(201);
                assertEquals(
                        List.of("1"),
                        platform.query("select count(*) from identity.app_user where role = 'PLATFORM_ADMIN'"));
                platform.command("ledger:verify").text();
                return List.of();
            } catch (AssertionError e) {
                return List.of(name + ": " + e.getMessage());
            }
        }
    }

    /** Everything of this run but what lives on as an orphan by itself: the script and the JVM, not the database's programs. */
    private static void kill(Platform platform, Process script) throws InterruptedException {
        Platform.processes(line -> line.contains("org.apache.karaf.main.Main")
                        && line.contains(platform.data().toString()))
                .forEach(process -> {
                    process.destroyForcibly();
                    process.onExit().join();
                });
        script.destroyForcibly();
        script.waitFor();
    }

    private static boolean appeared(Path data, String file) throws IOException {
        if (!file.contains("*")) {
            return Files.exists(data.resolve(file));
        }
        Path folder = data.resolve(file).getParent();
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + data.resolve(file));
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(matcher::matches);
        }
    }

    private static boolean said(Platform platform, String text) throws IOException {
        return Files.exists(platform.data().resolve("log/bursar.log"))
                && platform.log().contains(text);
    }
}

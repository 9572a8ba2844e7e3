package org.bursar.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * What the tests counted, for docs/scorecard.md. Each report is a line in the figure's own file, so that several tests and processes
 * may report, and nothing is lost with one that is killed.
 */
public final class Scorecard {
    private Scorecard() {}

    /** Reports tries and what came of them; the counts of all reports are added up. */
    public static void add(Figure figure, long tried, long result) {
        if (figure.timed()) {
            throw new IllegalArgumentException(figure + " is a time");
        }
        report(figure, tried, result);
    }

    /** Reports a time; of all reports the worst counts. */
    public static void worst(Figure figure, Duration took) {
        worst(figure, 1, took);
    }

    /** Reports the worst time of so many tries. */
    public static void worst(Figure figure, long tried, Duration worst) {
        if (!figure.timed()) {
            throw new IllegalArgumentException(figure + " is not a time");
        }
        report(figure, tried, worst.toMillis());
    }

    /** Where the reports lie; inside a container of the tests the property says so. */
    static Path folder() {
        return Path.of(System.getProperty("bursar.scorecard", "target/scorecard"))
                .toAbsolutePath();
    }

    private static void report(Figure figure, long tried, long result) {
        if (tried < 0 || result < 0) {
            throw new IllegalArgumentException(figure + ": " + tried + " tried, " + result);
        }
        try {
            Files.createDirectories(folder());
            Files.writeString(
                    folder().resolve(figure.name()),
                    tried + " " + result + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

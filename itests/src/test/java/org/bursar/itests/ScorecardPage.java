package org.bursar.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** Writes docs/scorecard.md from what the tests reported, and ends with status 1 when a figure is missing or not as it must be. */
final class ScorecardPage {
    private final Path reports;
    private boolean holds = true;

    ScorecardPage(Path reports) {
        this.reports = reports;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("wanted: the folder of the reports, the page, the status of the tests");
        }
        ScorecardPage page = new ScorecardPage(Path.of(arguments[0]));
        String table = page.table();
        boolean green = arguments[2].equals("0");
        String text = """
                # Scorecard

                Written by the last `./test --soak`; what it does is told in [operate.md](operate.md#the-soak).

                | | |
                | --- | --- |
                | result | %s |
                | date | %s |
                | commit | %s |
                | machine | %s |

                %s""".formatted(
                result(green, page.holds), Instant.now().truncatedTo(ChronoUnit.MINUTES), commit(), machine(), table);
        Files.writeString(Path.of(arguments[1]), text);
        System.out.println(text);
        System.exit(green && page.holds ? 0 : 1);
    }

    private static String result(boolean green, boolean holds) {
        if (!green) {
            return "**failed**: a test was red, or a seeded bug was not found";
        }
        return holds ? "passed" : "**failed**: a figure is missing or not as it must be";
    }

    /** A row for each figure. */
    String table() throws IOException {
        StringBuilder rows = new StringBuilder("| figure | tried | result | must be |\n| --- | --- | --- | --- |\n");
        for (Figure figure : Figure.values()) {
            Path file = reports.resolve(figure.name());
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            long tried = sum(lines, 0);
            long result = figure.timed() ? most(lines) : sum(lines, 1);
            boolean good = figure.holds(tried, result);
            holds &= good;
            String shown = tried == 0 ? "missing" : figure.result(result);
            rows.append("| %s | %d | %s | %s |\n"
                    .formatted(figure.what, tried, good ? shown : "**" + shown + "**", figure.mustBe()));
        }
        return rows.toString();
    }

    /** Whether every figure of the table was as it must be. */
    boolean holds() {
        return holds;
    }

    private static long sum(List<String> lines, int column) {
        return lines.stream()
                .mapToLong(line -> Long.parseLong(line.split(" ")[column]))
                .sum();
    }

    private static long most(List<String> lines) {
        return lines.stream()
                .mapToLong(line -> Long.parseLong(line.split(" ")[1]))
                .max()
                .orElse(0);
    }

    private static String commit() {
        String changed = printed("git", "status", "--porcelain", "--untracked-files=no", "--", ":!docs/scorecard.md");
        String commit = printed("git", "rev-parse", "--short=12", "HEAD");
        return commit.isEmpty() ? "unknown" : commit + (changed.isEmpty() ? "" : " with changes");
    }

    private static String machine() throws IOException {
        Path memory = Path.of("/proc/meminfo");
        long kilobytes = 0;
        if (Files.exists(memory)) {
            kilobytes = Long.parseLong(Files.readAllLines(memory).get(0).replaceAll("\\D", ""));
        }
        String processor = "";
        Path processors = Path.of("/proc/cpuinfo");
        if (Files.exists(processors)) {
            try (Stream<String> lines = Files.lines(processors)) {
                processor = lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip() + ", ")
                        .findFirst()
                        .orElse("");
            }
        }
        return "%s%d cores, %d GB, %s %s, Java %s"
                .formatted(
                        processor,
                        Runtime.getRuntime().availableProcessors(),
                        Math.round(kilobytes / 1024.0 / 1024.0),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.version"));
    }

    /** What a command prints; empty when there is no such command or it fails. */
    private static String printed(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? text : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}

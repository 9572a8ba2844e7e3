package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/** The bugs of testing/seeded-bugs still fit the code and name tests that are there; the soak plants them. */
public final class SeededBugsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TEST = Pattern.compile("^Test: (.+)$", Pattern.MULTILINE);
    private static final Pattern MODULES = Pattern.compile("^Modules: (.+)$", Pattern.MULTILINE);

    private static List<Path> patches() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("testing/seeded-bugs"))) {
            return files.filter(file -> file.toString().endsWith(".patch"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    public void everyBugStillFitsTheCode() throws Exception {
        assumeTrue("git is not installed", run("git", "--version").isEmpty());
        List<String> misfits = new ArrayList<>();
        for (Path patch : patches()) {
            String complaint = run("git", "apply", "--check", patch.toString());
            if (!complaint.isEmpty()) {
                misfits.add(patch.getFileName() + ": " + complaint);
            }
        }
        assertEquals(List.of(), misfits);
        assertTrue("only " + patches().size(), patches().size() >= 30);
    }

    @Test
    public void everyBugNamesTestsThatAreThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path patch : patches()) {
            String text = Files.readString(patch);
            for (String test : only(TEST, text, patch).split(",")) {
                String[] parts = test.split("#");
                boolean there = false;
                for (String module : only(MODULES, text, patch).split(",")) {
                    there |= has(ROOT.resolve(module).resolve("src/test/java"), parts);
                }
                if (!there) {
                    missing.add(patch.getFileName() + ": " + test);
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    private static boolean has(Path sources, String[] parts) throws IOException {
        if (!Files.isDirectory(sources)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(path -> path.endsWith(parts[0] + ".java")).toList()) {
                if (parts.length == 1 || Files.readString(file).contains(" " + parts[1] + "(")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String only(Pattern pattern, String text, Path patch) {
        List<String> found =
                pattern.matcher(text).results().map(match -> match.group(1)).toList();
        assertEquals(patch + ": " + pattern, 1, found.size());
        return found.get(0);
    }

    /** What a command complains of; empty when it ends well. */
    private static String run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : "failed: " + text.strip();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}

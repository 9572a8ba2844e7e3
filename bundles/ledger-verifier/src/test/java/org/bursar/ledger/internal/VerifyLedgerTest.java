package org.bursar.ledger.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bursar.ledger.ExportFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyLedgerTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... arguments) {
        return VerifyLedger.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String file(byte[] content) throws IOException {
        return Files.write(folder.resolve("export.ndjson"), content).toString();
    }

    private static String publicKey() {
        return Base64.getEncoder().encodeToString(ExportFile.PUBLIC_KEY);
    }

    @Test
    void whatIsSoundIsZero() throws IOException {
        String file = file(ExportFile.SOUND);
        assertThat(run(file)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("2 seals, 4 entries, 2 wallets, 0 faults", "signed by " + publicKey(), "last seal 2:");
        assertThat(run(file, "--public-key", publicKey())).isZero();
        String seal = out.toString(StandardCharsets.UTF_8).replaceAll("(?s).*last seal (\\S+).*", "$1");
        assertThat(run(file, "--seal", seal)).isZero();
        assertThat(run(file, "--seal", "3" + seal.substring(1))).isEqualTo(1);
        assertThat(run(file, "--public-key", Base64.getEncoder().encodeToString(ExportFile.OTHER_KEY)))
                .isEqualTo(1);
    }

    /** Each byte of the file, changed in one of three ways: nothing in it is without a guard. */
    @Test
    void everyChangedByteIsFound() throws IOException {
        for (int place = 0; place < ExportFile.SOUND.length; place++) {
            byte[] changed = ExportFile.SOUND.clone();
            changed[place] ^= new byte[] {1, 7, -0x80}[place % 3];
            assertThat(run(file(changed)))
                    .as("byte %s of %s", place, new String(changed, StandardCharsets.UTF_8))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatIsCutOffIsFoundWhereverItWasCut() throws IOException {
        for (int length = 0; length < ExportFile.SOUND.length; length += 7) {
            byte[] cut = java.util.Arrays.copyOf(ExportFile.SOUND, length);
            assertThat(run(file(cut))).as("%s bytes", length).isEqualTo(1);
        }
    }

    @Test
    void whatCannotBeCheckedIsTwo() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(run(folder.resolve("absent").toString())).isEqualTo(2);
        String file = file(ExportFile.SOUND);
        assertThat(run(file, "--public-key")).isEqualTo(2);
        assertThat(run(file, "--public-key", "bm8ga2V5")).isEqualTo(2);
        assertThat(run(file, "--seal", "1")).isEqualTo(2);
        assertThat(run(file, "--what", "x")).isEqualTo(2);
        assertThat(run(file, file)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Exit status");
    }

    @Test
    void aLineWithoutAnEndDoesNotFillTheMemory() throws IOException {
        byte[] endless = new byte[200_000];
        java.util.Arrays.fill(endless, (byte) 'x');
        endless[endless.length - 1] = '\n';
        assertThat(run(file(endless))).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("longer than any line");
    }

    /** The jar must be small and stand alone: nothing but the JDK's classes is named in it. */
    @Test
    void itNeedsTheJdkAlone() throws IOException {
        try (Stream<Path> classes = Files.walk(Path.of("target/classes"))) {
            List<Path> all =
                    classes.filter(path -> path.toString().endsWith(".class")).toList();
            assertThat(all).hasSizeGreaterThan(10);
            long bytes = 0;
            for (Path path : all) {
                bytes += Files.size(path);
            }
            assertThat(bytes).isLessThan(100_000);
        }
    }
}

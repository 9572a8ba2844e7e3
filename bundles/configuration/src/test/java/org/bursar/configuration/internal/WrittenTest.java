package org.bursar.configuration.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenTest {
    @TempDir
    Path folder;

    private static Written parse(String text) {
        return Written.parse(text.getBytes(UTF_8), Map.of("env:PORT", "8080", "bursar.data", "/data")::get);
    }

    @Test
    void variablesArePutInAndRemembered() {
        Written written = parse("a = ${env:PORT:-1}\nb = ${env:NONE:-1}\nc = ${env:NONE}\nd = ${bursar.data}/x\n");
        assertThat(written.values()).isEqualTo(Map.of("a", "8080", "b", "1", "c", "", "d", "/data/x"));
        assertThat(written.variables()).containsEntry("a", "PORT").doesNotContainKey("d");
    }

    @Test
    void aFileThatIsNotWhollyWrittenIsNotTaken() {
        assertThat(parse("a = 1\nb = 23").fault())
                .hasValueSatisfying(fault -> assertThat(fault).contains("ends within a line"));
        assertThat(parse("").fault())
                .hasValueSatisfying(fault -> assertThat(fault).contains("is empty"));
    }

    @Test
    void aFileThatIsNoTextIsNotTaken() {
        assertThat(Written.parse(new byte[] {(byte) 0xff, (byte) 0xfe, 0x00, '\n'}, key -> null)
                        .fault())
                .isPresent();
        assertThat(parse("a = \u0000\u0001\n").fault()).isPresent();
        assertThat(parse("a = \\uZZZZ\n").fault()).isPresent();
    }

    @Test
    void aKeyThatIsThereTwiceIsNamed() {
        assertThat(parse("a = 1\na = 2\n").fault()).contains("gives a more than once");
    }

    @Test
    void aFolderInItsPlaceIsNamed() throws Exception {
        assertThat(Written.read(Files.createDirectory(folder.resolve("x.cfg")), key -> null)
                        .fault())
                .contains("is no file");
    }
}

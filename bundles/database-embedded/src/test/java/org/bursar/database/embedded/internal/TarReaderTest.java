package org.bursar.database.embedded.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarReaderTest {
    private static final int BLOCK = 512;

    @TempDir
    Path target;

    @Test
    void filesFoldersAndLinksComeOutAsTheyWere() throws IOException {
        unpack(new Archive()
                .entry('5', "bin/", 0755, "", "")
                .entry('0', "bin/program", 0755, "", "run")
                .entry('0', "share/empty", 0644, "", "")
                .entry('0', "share/page", 0644, "", "x".repeat(BLOCK))
                .entry('2', "lib/library.so", 0777, "library.so.1", "")
                .entry('0', "lib/library.so.1", 0644, "", "code"));

        assertThat(target.resolve("bin/program")).hasContent("run");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("bin/program"))))
                .isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("share/page"))))
                .isEqualTo("rw-r--r--");
        assertThat(target.resolve("share/empty")).isEmptyFile();
        assertThat(target.resolve("share/page")).hasSize(BLOCK);
        assertThat(target.resolve("lib/library.so")).isSymbolicLink().hasContent("code");
    }

    @Test
    void aNameThatLeavesTheFolderIsRefused() {
        assertThatThrownBy(() -> unpack(new Archive().entry('0', "../outside", 0644, "", "x")))
                .hasMessageContaining("leaves it");
    }

    @Test
    void aLinkThatLeavesTheFolderIsRefused() {
        assertThatThrownBy(() -> unpack(new Archive().entry('2', "lib/link", 0777, "../../etc/passwd", "")))
                .hasMessageContaining("leaves it");
    }

    @Test
    void aKindThatIsNotKnownIsRefusedInsteadOfSkipped() {
        assertThatThrownBy(() -> unpack(new Archive().entry('L', "long name", 0644, "", "x")))
                .hasMessageContaining("unknown kind");
    }

    @Test
    void anArchiveThatIsCutOffIsRefused() {
        byte[] whole = new Archive().entry('0', "file", 0644, "", "content").bytes(false);
        byte[] cut = Arrays.copyOf(whole, BLOCK + 3);

        assertThatThrownBy(() -> new TarReader(new ByteArrayInputStream(cut), target).unpack())
                .hasMessageContaining("ends within");
        assertThatThrownBy(() -> new TarReader(new ByteArrayInputStream(whole), target).unpack())
                .hasMessageContaining("ends early");
    }

    private void unpack(Archive archive) throws IOException {
        new TarReader(new ByteArrayInputStream(archive.bytes(true)), target).unpack();
    }

    /** Writes what the reader reads: the fields that it looks at, where POSIX puts them. */
    private static final class Archive {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Archive entry(char type, String name, int mode, String link, String content) {
            byte[] header = new byte[BLOCK];
            put(header, 0, name);
            put(header, 100, String.format("%07o", mode));
            put(header, 124, String.format("%011o", content.length()));
            header[156] = (byte) type;
            put(header, 157, link);
            bytes.writeBytes(header);
            bytes.writeBytes(content.getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(new byte[(BLOCK - content.length() % BLOCK) % BLOCK]);
            return this;
        }

        byte[] bytes(boolean ended) {
            byte[] end = ended ? new byte[2 * BLOCK] : new byte[0];
            bytes.writeBytes(end);
            return bytes.toByteArray();
        }

        private static void put(byte[] header, int at, String text) {
            byte[] value = text.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(value, 0, header, at, value.length);
        }
    }
}

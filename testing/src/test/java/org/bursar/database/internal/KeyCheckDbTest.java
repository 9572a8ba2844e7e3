package org.bursar.database.internal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every node of a database has the same key. */
class KeyCheckDbTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path folder;

    private Path key(int fill) throws IOException {
        byte[] key = new byte[32];
        java.util.Arrays.fill(key, (byte) fill);
        return Files.writeString(
                folder.resolve("key-" + fill), Base64.getEncoder().encodeToString(key));
    }

    @Test
    void onlyTheKeyOfTheFirstStartOpensADatabase() throws IOException {
        try (TestDatabase postgres = TestDatabase.fresh()) {
            Path first = key(1);
            Path other = key(2);
            new FileSecrets(first).requireFirst(postgres.database(), NOW, first);

            assertThatThrownBy(() -> new FileSecrets(other).requireFirst(postgres.database(), NOW, other))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(other.toString())
                    .hasMessageContaining("BURSAR_KEY_FILE");
            assertThatCode(() -> new FileSecrets(first).requireFirst(postgres.database(), NOW.plusSeconds(60), first))
                    .doesNotThrowAnyException();
        }
    }
}

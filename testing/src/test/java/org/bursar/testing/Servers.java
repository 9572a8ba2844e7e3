package org.bursar.testing;

import java.nio.file.Path;
import java.util.List;
import org.bursar.database.embedded.internal.PostgresServer;
import org.bursar.database.embedded.internal.PostgresSettings;

/** Servers with the settings of production in a folder of the test's own; the unpacked programs are shared. */
final class Servers {
    private Servers() {}

    static PostgresServer in(Path data) {
        return new PostgresServer(settings(data));
    }

    static PostgresSettings settings(Path data) {
        Path binaries = Path.of(
                System.getProperty("java.io.tmpdir"), "bursar-test-" + System.getProperty("user.name"), "binaries");
        return new PostgresSettings(data.resolve("postgresql"), binaries, data.resolve("secrets"), 0, List.of());
    }
}

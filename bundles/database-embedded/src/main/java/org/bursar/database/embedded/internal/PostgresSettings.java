package org.bursar.database.embedded.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a server of our own needs to know.
 *
 * @param home the folder of everything the server keeps: its data, its port, its lock and its log
 * @param binaries the folder in which unpacked releases lie, one folder each; servers may share it
 * @param secrets the folder of the passwords, for the owner of the process alone
 * @param port the port on the loopback interface, or 0 for a free one that is remembered and taken again
 * @param options settings in the form {@code name=value} that go before those of {@code postgresql.conf}
 */
public record PostgresSettings(Path home, Path binaries, Path secrets, int port, List<String> options) {
    private static final int HIGHEST_PORT = 65_535;

    public PostgresSettings {
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(binaries, "binaries");
        Objects.requireNonNull(secrets, "secrets");
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("embedded.port must be between 0 and 65535, not " + port);
        }
        options = List.copyOf(options);
    }

    /** The layout of a data folder: {@code postgresql/} beside {@code secrets/}. */
    public static PostgresSettings in(Path dataFolder, int port) {
        Path home = dataFolder.toAbsolutePath().normalize().resolve("postgresql");
        return new PostgresSettings(home, home, home.resolveSibling("secrets"), port, List.of());
    }

    Path cluster() {
        return home.resolve("data");
    }

    /** A cluster that is being made; it becomes {@link #cluster()} in one step, when it is whole. */
    Path unfinishedCluster() {
        return home.resolve("data.unfinished");
    }

    Path startLog() {
        return home.resolve("start.log");
    }
}

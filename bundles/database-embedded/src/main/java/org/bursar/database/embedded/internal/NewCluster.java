package org.bursar.database.embedded.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Makes a cluster in a folder of another name, which is renamed when it is whole. */
final class NewCluster {
    static final String SUPERUSER = "postgres";

    private static final long INITDB_SECONDS = 120;

    private NewCluster() {}

    /** Makes the cluster if there is none. One that was left half-made is thrown away first. */
    static void makeOnce(PostgresSettings settings, Commands commands, PostgresBinaries unpacked, String password)
            throws IOException {
        if (Files.isDirectory(settings.cluster())) {
            return;
        }
        Path unfinished = settings.unfinishedCluster();
        Folders.delete(unfinished);
        // initdb reads the password from a file that is gone afterwards; the lasting one is not the server's to read
        Path passwordFile = settings.home().resolve("initdb-password");
        Folders.writePrivate(passwordFile, password + "\n");
        try {
            commands.own(settings.home());
            Commands.Result result = commands.run(initdb(unpacked, unfinished, passwordFile), INITDB_SECONDS);
            if (result.status() != 0) {
                throw new PostgresException("initdb failed: " + result.output());
            }
            Files.move(unfinished, settings.cluster(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private static List<String> initdb(PostgresBinaries unpacked, Path cluster, Path passwordFile) {
        List<String> command = new ArrayList<>(List.of(
                unpacked.initdb(),
                "--pgdata=" + cluster,
                "--username=" + SUPERUSER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--encoding=UTF8",
                // the built-in provider sorts by code point and knows lower() of every script, whatever the machine has
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions"));
        // what an operator may tune lies in postgresql.conf; what must hold is said at each start
        for (String setting : List.of(
                "shared_buffers=128MB",
                "max_connections=100",
                "timezone=UTC",
                "log_timezone=UTC",
                "logging_collector=on",
                "log_directory=log",
                "log_filename=postgresql-%a.log",
                "log_rotation_age=1d",
                "log_truncate_on_rotation=on",
                // the detail of a refused row shows its values, which may be personal data
                "log_error_verbosity=terse",
                // a table that fills for the first time has no statistics, and plans made without them read whole
                // tenants
                "autovacuum_naptime=10s")) {
            command.add("--set=" + setting);
        }
        return command;
    }
}

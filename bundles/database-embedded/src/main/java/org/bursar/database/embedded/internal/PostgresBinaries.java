package org.bursar.database.embedded.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked once for each release. */
final class PostgresBinaries {
    /** The release inside this bundle; the build checks it against the archive. */
    static final String VERSION = "18.6";

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    /** Unpacks into a folder of its own and renames it, so that a folder with the final name is always whole. */
    static PostgresBinaries unpackInto(Path parent) throws IOException {
        Path folder = parent.resolve("bin-" + VERSION);
        if (!Files.isDirectory(folder)) {
            long started = System.nanoTime();
            Files.createDirectories(parent);
            Path unfinished = Files.createTempDirectory(parent, "bin.unfinished-");
            try {
                unpack(unfinished.toAbsolutePath().normalize());
                Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
                publish(unfinished, folder);
            } finally {
                Folders.delete(unfinished);
            }
            log.info("unpacked PostgreSQL {} in {} ms", VERSION, (System.nanoTime() - started) / 1_000_000);
        }
        return new PostgresBinaries(folder);
    }

    private static void unpack(Path target) throws IOException {
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null) {
                throw new IOException("the archive of PostgreSQL is missing from this bundle: " + ARCHIVE);
            }
            new TarReader(new XZInputStream(archive), target).unpack();
        }
    }

    private static void publish(Path unfinished, Path folder) throws IOException {
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            log.debug("another process unpacked the same release first");
        } catch (FileSystemException e) {
            // rename(2) over a folder that is not empty has no exception of its own
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    String initdb() {
        return program("initdb");
    }

    String postgres() {
        return program("postgres");
    }

    String pgCtl() {
        return program("pg_ctl");
    }

    private String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }
}

package org.bursar.identity.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code secrets/first-sign-in} in the data folder: the link for the first admin, readable by its owner alone, gone
 * once it was used.
 */
@Component(
        service = FirstSignInFile.class,
        configurationPid = "org.bursar.identity",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class FirstSignInFile {
    private static final Logger LOG = LoggerFactory.getLogger(FirstSignInFile.class);

    private volatile Path file;

    @Activate
    public FirstSignInFile(IdentityConfig config) {
        file = Path.of(config.data(), "secrets", "first-sign-in");
    }

    /** Takes another data folder. */
    @Modified
    void configure(IdentityConfig config) {
        file = Path.of(config.data(), "secrets", "first-sign-in");
    }

    boolean exists() {
        return Files.exists(file);
    }

    Path path() {
        return file;
    }

    /** Writes the whole file or nothing. */
    void write(String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path whole = Files.createTempFile(
                    folder,
                    "first-sign-in",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(whole, text);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the first sign-in's link cannot be written to " + file, e);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // the link in it is used up; the file is only clutter
            LOG.warn("{} cannot be removed", file, e);
        }
    }
}

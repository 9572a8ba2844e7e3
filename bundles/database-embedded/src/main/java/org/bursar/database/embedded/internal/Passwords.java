package org.bursar.database.embedded.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The passwords of the embedded server's roles: made once, kept in files that only the owner of the process can read. */
final class Passwords {
    private static final int BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;

    Passwords(Path folder) {
        this.folder = folder;
    }

    String of(String role) throws IOException {
        Folders.createPrivate(folder);
        Path file = folder.resolve("database-" + role.replace('_', '-'));
        if (Files.exists(file)) {
            return Files.readString(file).trim();
        }
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Folders.writePrivate(file, password + "\n");
        return password;
    }
}

package org.bursar.database.embedded.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Unpacks the tar format that the server's archive has: folders, plain files and symbolic links with names of at most a
 * hundred bytes. Anything else is refused, so that a new archive which needs more is noticed by the build and not half unpacked.
 */
final class TarReader {
    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int MODE_AT = 100;
    private static final int SIZE_AT = 124;
    private static final int TYPE_AT = 156;
    private static final int LINK_AT = 157;
    private static final int ANY_EXECUTE_BIT = 0111;

    private final InputStream tar;
    private final Path target;

    TarReader(InputStream tar, Path target) {
        this.tar = tar;
        this.target = target;
    }

    void unpack() throws IOException {
        byte[] header = new byte[BLOCK];
        while (next(header)) {
            Path path = inside(text(header, 0, NAME_LENGTH));
            switch (header[TYPE_AT]) {
                case '5' -> Files.createDirectories(path);
                case '2' -> link(path, text(header, LINK_AT, NAME_LENGTH));
                case '0', 0 -> file(path, octal(header, SIZE_AT, 12), octal(header, MODE_AT, 8));
                default -> throw new IOException("the archive holds an entry of an unknown kind: " + path);
            }
        }
    }

    private boolean next(byte[] header) throws IOException {
        if (tar.readNBytes(header, 0, BLOCK) < BLOCK) {
            throw new EOFException("the archive ends early");
        }
        // a block of zeros ends the archive
        return header[0] != 0;
    }

    private void file(Path path, long size, long mode) throws IOException {
        Files.createDirectories(parent(path));
        try (var out = Files.newOutputStream(path)) {
            long left = size;
            byte[] buffer = new byte[1 << 16];
            while (left > 0) {
                int read = tar.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("the archive ends within " + path);
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        boolean executable = (mode & ANY_EXECUTE_BIT) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private void link(Path path, String to) throws IOException {
        Files.createDirectories(parent(path));
        Path resolved = parent(path).resolve(to).normalize();
        if (!resolved.startsWith(target)) {
            throw new IOException("the archive holds a link that leaves it: " + path);
        }
        Files.createSymbolicLink(path, Path.of(to));
    }

    private Path inside(String name) throws IOException {
        Path path = target.resolve(name).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("the archive holds a name that leaves it: " + name);
        }
        return path;
    }

    private Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? target : parent;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int from, int length) throws IOException {
        String digits = text(header, from, length).trim();
        try {
            return Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("the archive holds a number that is not octal: " + digits, e);
        }
    }
}

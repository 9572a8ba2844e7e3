package org.bursar.gatewaydeployment.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The platform's own copies of jars, by digest: what was read is what is judged and what is run, whatever becomes of the file. And
 * a mark on each that is being started, which is still there if the platform ends over it.
 */
final class Kept {
    static final long LARGEST_JAR = 32L << 20;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final String JAR = ".jar";
    private static final String NAME = ".name";
    private static final String STARTING = ".starting";

    private final Path folder;

    Kept(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** A file was larger than what is taken. */
    static final class TooLarge extends IOException {
        TooLarge() {
            super("larger than " + (LARGEST_JAR >> 20) + " MiB");
        }
    }

    /**
     * Takes a copy of a file and gives its digest.
     *
     * @throws TooLarge when it is
     */
    String take(Path file) throws IOException {
        Path copy = folder.resolve("taken.part");
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest);
                OutputStream out = Files.newOutputStream(copy)) {
            byte[] chunk = new byte[1 << 16];
            long size = 0;
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                size += read;
                if (size > LARGEST_JAR) {
                    throw new TooLarge();
                }
                out.write(chunk, 0, read);
            }
            String name = HexFormat.of().formatHex(digest.digest());
            out.close();
            Files.move(copy, jar(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return name;
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    Path jar(String digest) {
        return folder.resolve(digest + JAR);
    }

    /**
     * The bytes of a copy.
     *
     * @throws IOException when they are not those that the digest is of
     */
    byte[] bytes(String digest) throws IOException {
        byte[] bytes = Files.readAllBytes(jar(digest));
        if (!HexFormat.of().formatHex(sha256().digest(bytes)).equals(digest)) {
            throw new IOException("the copy of " + digest + " was changed");
        }
        return bytes;
    }

    /** Remembers under which name a jar that runs was dropped. */
    void remember(String digest, String file) throws IOException {
        write(folder.resolve(digest + NAME), file);
    }

    /** Which jars ran and how their files were called, by digest. */
    Map<String, String> remembered() throws IOException {
        Map<String, String> names = new HashMap<>();
        for (String digest : marked(NAME)) {
            if (Files.isRegularFile(jar(digest))) {
                names.put(digest, Files.readString(folder.resolve(digest + NAME)));
            }
        }
        return names;
    }

    /** Marks a jar that is about to be started; it is on the disk when this returns. */
    void beginStart(String digest) throws IOException {
        write(folder.resolve(digest + STARTING), digest);
    }

    void endStart(String digest) throws IOException {
        Files.deleteIfExists(folder.resolve(digest + STARTING));
    }

    /** Jars that were being started when the platform ended, or still are. */
    Set<String> starting() throws IOException {
        return marked(STARTING);
    }

    /** Lets go of whatever is not wanted any more. */
    void keepOnly(Set<String> digests) throws IOException {
        for (String digest : marked(JAR)) {
            if (!digests.contains(digest)) {
                Files.deleteIfExists(jar(digest));
                Files.deleteIfExists(folder.resolve(digest + NAME));
            }
        }
    }

    /** It does not run any more: its copy alone is no reason to start it. */
    void forget(String digest) throws IOException {
        Files.deleteIfExists(folder.resolve(digest + NAME));
    }

    private Set<String> marked(String suffix) throws IOException {
        Set<String> digests = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .filter(name -> DIGEST.matcher(name).matches())
                    .forEach(digests::add);
        }
        return digests;
    }

    private void write(Path file, String text) throws IOException {
        Path part = folder.resolve("written.part");
        Files.write(part, text.getBytes(StandardCharsets.UTF_8));
        sync(part);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(folder);
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a file has gone, rather than that it cannot be read. */
    static boolean gone(IOException e) {
        return e instanceof NoSuchFileException || e instanceof FileNotFoundException;
    }
}

package org.bursar.gatewaydeployment.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that jars are dropped into. A file is read once it has been the same in two looks, so that one that is still being
 * written is not; what is written more slowly than that is no whole jar, and is read again when it has changed.
 */
final class DropFolder {
    private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);
    private static final int MOST_FILES = 100;
    /** As long as somebody may take who removes a file in order to put another in its place. */
    private static final long GONE_AFTER_NANOS = 2_000_000_000L;

    private final Path folder;
    private final Kept kept;
    private final JarReader reader;
    private final LongSupplier nanos;
    private final Map<String, Seen> seen = new TreeMap<>();
    private boolean crowded;

    private record Stamp(
            long size, FileTime modified, @Nullable Object key) {}

    /**
     * A file.
     *
     * @param jar what it is; null until it has settled
     * @param lastThere when it was seen last
     */
    private record Seen(Stamp stamp, @Nullable GatewayJar jar, long lastThere) {}

    DropFolder(Path folder, Kept kept, JarReader reader, LongSupplier nanos) throws IOException {
        this.folder = folder;
        this.kept = kept;
        this.reader = reader;
        this.nanos = nanos;
        prepare();
    }

    private void prepare() throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Looks once. */
    void look() throws IOException {
        prepare();
        Map<String, Stamp> there = listing();
        long now = nanos.getAsLong();
        seen.entrySet()
                .removeIf(file -> !there.containsKey(file.getKey())
                        && now - file.getValue().lastThere() > GONE_AFTER_NANOS);
        for (Map.Entry<String, Stamp> file : there.entrySet()) {
            String name = file.getKey();
            Seen before = seen.get(name);
            if (before == null || !before.stamp().equals(file.getValue())) {
                seen.put(name, new Seen(file.getValue(), null, now));
            } else {
                GatewayJar known = before.jar();
                seen.put(name, new Seen(before.stamp(), known == null ? read(name) : known, now));
            }
        }
    }

    private Map<String, Stamp> listing() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
        if (files.size() > MOST_FILES != crowded) {
            crowded = !crowded;
            LOG.warn("of {} jars for gateways the first {} are looked at", files.size(), MOST_FILES);
        }
        Map<String, Stamp> stamps = new HashMap<>();
        for (Path file : files.subList(0, Math.min(files.size(), MOST_FILES))) {
            stamp(file).ifPresent(stamp -> stamps.put(file.getFileName().toString(), stamp));
        }
        return stamps;
    }

    private static Optional<Stamp> stamp(Path file) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            // a pipe or a device would never end
            return now.isRegularFile()
                    ? Optional.of(new Stamp(now.size(), now.lastModifiedTime(), now.fileKey()))
                    : Optional.empty();
        } catch (IOException e) {
            if (Kept.gone(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private @Nullable GatewayJar read(String name) {
        try {
            String digest = kept.take(folder.resolve(name));
            return reader.read(name, digest, kept.jar(digest));
        } catch (Kept.TooLarge e) {
            return GatewayJar.unusable(name, "", "it is " + e.getMessage());
        } catch (IOException e) {
            if (Kept.gone(e)) {
                return null;
            }
            LOG.warn("the jar {} could not be read", name, e);
            return GatewayJar.unusable(name, "", "it could not be read: " + e.getMessage());
        }
    }

    /** The jars that have settled. */
    Collection<GatewayJar> jars() {
        return seen.values().stream().map(Seen::jar).filter(Objects::nonNull).toList();
    }

    /** Whether a file of this name stands for the gateway still: it is this one, or one that nobody can tell yet. */
    boolean standsFor(String file, String symbolicName) {
        Seen now = seen.get(file);
        if (now == null) {
            return false;
        }
        GatewayJar jar = now.jar();
        return jar == null || !jar.sound() || jar.symbolicName().equals(symbolicName);
    }
}

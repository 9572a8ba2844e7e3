package org.bursar.jobs.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import org.bursar.kernel.TypeId;
import org.jspecify.annotations.Nullable;

/**
 * Who a job is being run by: {@code node/process/activation}. The first part is kept in the data folder, under a lock
 * for as long as this node lives, so that a node that was killed knows after its start which runs it had left behind.
 */
final class NodeName implements AutoCloseable {
    private static final String FILE = "jobs-node";
    private static final int LENGTH = 16;

    private final String node;
    private final String process;
    private final String name;
    private final @Nullable FileChannel lock;

    private NodeName(String node, @Nullable FileChannel lock, Clock clock) {
        this.node = node;
        this.lock = lock;
        process = node
                + '/'
                + base36(ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH));
        name = process + '/' + base36(clock.instant());
    }

    private static String base36(Instant time) {
        return Long.toString(time.toEpochMilli(), Character.MAX_RADIX);
    }

    /**
     * The name kept in this folder; a new one for this life alone when the folder is not named, or another process
     * uses it.
     */
    static NodeName in(String folder, Clock clock) {
        if (!folder.isBlank()) {
            try {
                return kept(Path.of(folder), clock);
            } catch (IOException e) {
                throw new UncheckedIOException("the node's name cannot be kept in " + folder, e);
            }
        }
        return new NodeName(fresh(clock), null, clock);
    }

    private static NodeName kept(Path folder, Clock clock) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel = FileChannel.open(
                folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (!locked(channel)) {
                channel.close();
                return new NodeName(fresh(clock), null, clock);
            }
            ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
            channel.read(bytes, 0);
            String node = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
            if (!node.matches("[0-9a-z]{" + LENGTH + "}")) {
                node = fresh(clock);
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(node.getBytes(StandardCharsets.US_ASCII)), 0);
                channel.force(true);
            }
            return new NodeName(node, channel, clock);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String fresh(Clock clock) {
        // the end of the id is the random part
        String id = TypeId.base32(TypeId.next(clock));
        return id.substring(id.length() - LENGTH);
    }

    /** The whole name, at most 50 characters, which is what the scheduler keeps of it. */
    String name() {
        return name;
    }

    /** What the names of all lives of this node begin with. */
    String everyLife() {
        return node + '/';
    }

    /** What the names of this process begin with. */
    String thisProcess() {
        return process + '/';
    }

    @Override
    public void close() {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package org.bursar.database.embedded.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bursar.database.DatabaseAddress;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own: durable, on the loopback interface alone, with passwords. It is watched and started again
 * at the same port if it ends by itself. Without OSGi, so that tests run the very same server.
 */
public final class PostgresServer implements AutoCloseable {
    public static final String DATABASE = "bursar";

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
    private static final String SUPERUSER = NewCluster.SUPERUSER;
    private static final String HOST = "127.0.0.1";
    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final long STOP_SECONDS = 6;
    private static final long STOP_AT_ONCE_SECONDS = 2;
    private static final long POLL_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    private static final int PORT_ATTEMPTS = 3;

    private final PostgresSettings settings;
    private final Commands commands;
    private final Passwords passwords;

    private @Nullable FileChannel lock;
    private @Nullable PostgresBinaries binaries;
    private volatile @Nullable Process process;
    private @Nullable Thread watcher;
    private volatile @Nullable String problem = "is starting";
    private volatile boolean stopping;
    private volatile int port;

    public PostgresServer(PostgresSettings settings) {
        this.settings = settings;
        this.passwords = new Passwords(settings.secrets());
        try {
            this.commands = Commands.forThisUser();
        } catch (IOException e) {
            throw new PostgresException("cannot find out how to run PostgreSQL", e);
        }
    }

    /** Returns when the server accepts connections and both roles, the database and its extensions are there. */
    public synchronized void start() {
        long started = System.nanoTime();
        try {
            Folders.createPrivate(settings.home());
            lock = exclusiveLock();
            PostgresBinaries unpacked = PostgresBinaries.unpackInto(settings.binaries());
            binaries = unpacked;
            NewCluster.makeOnce(settings, commands, unpacked, passwords.of(SUPERUSER));
            stopOrphan(unpacked);
            commands.own(settings.home());
            process = startOnSomePort(unpacked);
            prepareDatabase();
        } catch (IOException | SQLException e) {
            close();
            throw new PostgresException("the embedded PostgreSQL does not start: " + e.getMessage(), e);
        } catch (PostgresException e) {
            close();
            throw e;
        }
        problem = null;
        Thread thread = new Thread(this::watch, "embedded-postgresql");
        thread.setDaemon(true);
        thread.start();
        watcher = thread;
        log.info(
                "PostgreSQL {} accepts connections at {}:{} after {} ms",
                PostgresBinaries.VERSION,
                HOST,
                port,
                (System.nanoTime() - started) / 1_000_000);
    }

    /** What is wrong at this moment; empty when the server runs. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    public DatabaseAddress address() {
        return address(DATABASE);
    }

    /** The same server and roles, another database. */
    public DatabaseAddress address(String database) {
        try {
            return new LocalAddress(
                    "jdbc:postgresql://" + HOST + ":" + port + "/" + database,
                    new DatabaseAddress.Login(DatabaseRoles.OWNER, passwords.of(DatabaseRoles.OWNER)),
                    new DatabaseAddress.Login(DatabaseRoles.APPLICATION, passwords.of(DatabaseRoles.APPLICATION)));
        } catch (IOException e) {
            throw new PostgresException("cannot read the passwords in " + settings.secrets(), e);
        }
    }

    /** Makes a database, if it is not there yet, with the rights and extensions that {@value #DATABASE} has. */
    public DatabaseAddress ensureDatabase(String database) {
        if (!DATABASE_NAME.matcher(database).matches()) {
            throw new IllegalArgumentException("not a plain name of a database: " + database);
        }
        try {
            try (Connection superuser = connect(SUPERUSER)) {
                DatabaseRoles.ensureDatabase(superuser, database);
            }
            try (Connection superuser = connect(database)) {
                DatabaseRoles.ensureContents(superuser);
            }
        } catch (IOException | SQLException e) {
            throw new PostgresException("cannot make the database " + database, e);
        }
        return address(database);
    }

    /** For tests, which leave their databases behind; their connections are ended. */
    public void dropDatabasesStartingWith(String prefix) {
        try (Connection superuser = connect(SUPERUSER)) {
            DatabaseRoles.dropDatabases(superuser, prefix);
        } catch (IOException | SQLException e) {
            throw new PostgresException("cannot drop the databases " + prefix + "*", e);
        }
    }

    /** Connections end, the server writes its checkpoint and stops; nothing is left running. */
    @Override
    public void close() {
        // a start that is under way sees this and gives up the lock
        stopping = true;
        synchronized (this) {
            try {
                endWatching();
                PostgresBinaries unpacked = binaries;
                Process running = process;
                if (unpacked != null && running != null && running.isAlive()) {
                    stop(unpacked);
                    running.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
                }
            } catch (IOException | PostgresException e) {
                log.error("PostgreSQL did not stop: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                problem = "is stopped";
                unlock();
            }
        }
    }

    private void endWatching() throws InterruptedException {
        Thread watching = watcher;
        if (watching != null) {
            watching.interrupt();
            watching.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        }
    }

    private FileChannel exclusiveLock() throws IOException {
        FileChannel channel =
                FileChannel.open(settings.home().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null;
        }
        if (held == null) {
            channel.close();
            throw new PostgresException(settings.home() + " is in use by another running platform");
        }
        return channel;
    }

    private void unlock() {
        FileChannel held = lock;
        lock = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                log.warn("cannot release the lock of {}: {}", settings.home(), e.getMessage());
            }
        }
    }

    /** A server that outlived the platform still holds the cluster: it is stopped in good order and started as our own. */
    private void stopOrphan(PostgresBinaries unpacked) throws IOException {
        Optional<PostmasterFile> left = PostmasterFile.read(settings.cluster());
        if (left.isPresent() && left.get().isServerOf(settings.cluster())) {
            log.warn(
                    "a PostgreSQL server outlived the platform (process {}); stopping it",
                    left.get().pid());
            stop(unpacked);
        }
        Leftovers.end(settings.cluster(), Path.of(unpacked.postgres()));
    }

    /** In good order, or else at once, or else by force, as with a frozen one: the next start recovers what was committed. */
    private void stop(PostgresBinaries unpacked) throws IOException {
        if (stop(unpacked, "fast", STOP_SECONDS) || stop(unpacked, "immediate", STOP_AT_ONCE_SECONDS)) {
            log.info("PostgreSQL stopped");
            return;
        }
        Leftovers.end(settings.cluster(), Path.of(unpacked.postgres()));
    }

    private boolean stop(PostgresBinaries unpacked, String mode, long seconds) throws IOException {
        List<String> command = List.of(
                unpacked.pgCtl(),
                "stop",
                "--pgdata=" + settings.cluster(),
                "--mode=" + mode,
                "--wait",
                "--timeout=" + seconds);
        Commands.Result result = commands.run(command, seconds * 2);
        if (result.status() != 0) {
            log.warn("PostgreSQL did not stop in {} mode: {}", mode, result.output());
        }
        return result.status() == 0;
    }

    private Process startOnSomePort(PostgresBinaries unpacked) throws IOException {
        for (int attempt = 1; ; attempt++) {
            port = Ports.choose(settings);
            try {
                return launch(unpacked);
            } catch (PostgresException e) {
                // somebody else may have taken the free port between the choice and the start
                if (settings.port() != 0 || attempt == PORT_ATTEMPTS || Ports.isFree(port)) {
                    throw e;
                }
            }
        }
    }

    private Process launch(PostgresBinaries unpacked) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(unpacked.postgres(), "-D", settings.cluster().toString()));
        List<String> options = new ArrayList<>(List.of(
                "port=" + port,
                "listen_addresses=" + HOST,
                "unix_socket_directories=",
                "password_encryption=scram-sha-256",
                "fsync=on",
                "full_page_writes=on",
                "synchronous_commit=on",
                // after a crash one call for the file system instead of one for each of a thousand files
                "recovery_init_sync_method=syncfs"));
        options.addAll(settings.options());
        options.forEach(option -> command.addAll(List.of("-c", option)));
        Process started = commands.start(command, settings.startLog());
        try {
            awaitReady(started);
        } catch (IOException | PostgresException e) {
            // nobody is connected yet: the server ends at once
            started.destroy();
            started.onExit()
                    .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(late -> started)
                    .join();
            throw e;
        }
        return started;
    }

    /** Recovery after a crash takes as long as it takes; a server that ends instead has said why. */
    private void awaitReady(Process started) throws IOException {
        try {
            while (!started.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                Optional<PostmasterFile> file = PostmasterFile.read(settings.cluster());
                if (stopping) {
                    throw new PostgresException("PostgreSQL was told to stop while it was starting");
                }
                if (file.isPresent()
                        && file.get().pid() == started.pid()
                        && file.get().isReady()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted while PostgreSQL was starting", e);
        }
        throw new PostgresException("PostgreSQL ended with status " + started.exitValue() + ": "
                + Files.readString(settings.startLog()).trim() + " (see also "
                + settings.cluster().resolve("log") + ")");
    }

    private void prepareDatabase() throws IOException, SQLException {
        try (Connection superuser = connect(SUPERUSER)) {
            for (String role : List.of(DatabaseRoles.OWNER, DatabaseRoles.APPLICATION)) {
                DatabaseRoles.ensureRole(superuser, role, passwords.of(role));
            }
            DatabaseRoles.ensureDatabase(superuser, DATABASE);
        }
        try (Connection superuser = connect(DATABASE)) {
            DatabaseRoles.ensureContents(superuser);
        }
    }

    private Connection connect(String database) throws IOException, SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {HOST});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(SUPERUSER);
        source.setPassword(passwords.of(SUPERUSER));
        source.setConnectTimeout(10);
        source.setSocketTimeout(60);
        return source.getConnection();
    }

    private void watch() {
        long pauseMillis = POLL_MILLIS;
        while (!stopping) {
            try {
                Process watched = process;
                if (watched == null) {
                    return;
                }
                int status = watched.waitFor();
                if (stopping) {
                    return;
                }
                problem = "ended by itself with status " + status;
                log.error("PostgreSQL {}; starting it again", problem);
                Thread.sleep(pauseMillis);
                process = startAgain();
                problem = null;
                pauseMillis = POLL_MILLIS;
                log.info("PostgreSQL accepts connections at {}:{} again", HOST, port);
            } catch (IOException | PostgresException e) {
                log.error("PostgreSQL did not start again: {}", e.getMessage());
                pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Process startAgain() throws IOException {
        PostgresBinaries unpacked = binaries;
        if (unpacked == null) {
            throw new PostgresException("the server was never started");
        }
        Leftovers.end(settings.cluster(), Path.of(unpacked.postgres()));
        return launch(unpacked);
    }

    private record LocalAddress(String jdbcUrl, Login owner, Login application) implements DatabaseAddress {}
}

package org.bursar.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs for Node.js that judge ours, with exactly the packages that {@code package-lock.json} beside them names. They are
 * installed once below {@code target} and used again until the lock file changes; no package's scripts are run.
 */
public final class NodePackage {
    private static final int OLDEST_NODE = 18;
    private static final int INSTALL_SECONDS = 300;

    private final Path folder;

    private NodePackage(Path folder) {
        this.folder = folder;
    }

    /** The module's own, in {@code src/test/node}. */
    public static NodePackage installed() throws IOException, InterruptedException {
        Path sources = Path.of("src", "test", "node");
        Path folder = Files.createDirectories(Path.of("target", "node"));
        nodeIsThere();
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path done = folder.resolve("node_modules").resolve(".lock-that-was-installed");
        byte[] lock = Files.readAllBytes(sources.resolve("package-lock.json"));
        if (!Files.exists(done) || !Arrays.equals(Files.readAllBytes(done), lock)) {
            run(
                    folder,
                    "",
                    INSTALL_SECONDS,
                    List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"));
            Files.write(done, lock);
        }
        return new NodePackage(folder);
    }

    private static void nodeIsThere() throws IOException, InterruptedException {
        String version;
        try {
            version =
                    run(Path.of("target"), "", 30, List.of("node", "--version")).trim();
        } catch (IOException e) {
            throw new AssertionError(
                    "a provider's own client needs Node.js " + OLDEST_NODE
                            + " or newer with npm: ./test installs Debian's, or apt-get install nodejs npm",
                    e);
        }
        int major = Integer.parseInt(version.replaceFirst("v([0-9]+)\\..*", "$1"));
        if (major < OLDEST_NODE) {
            throw new AssertionError("Node.js " + version + " is older than " + OLDEST_NODE);
        }
    }

    /** Where it lies, with its {@code node_modules}. */
    public Path folder() {
        return folder;
    }

    /**
     * Runs a command in its folder.
     *
     * @param input what the command reads
     * @return what it wrote
     * @throws AssertionError when it fails or does not end in time
     */
    public String run(String input, int seconds, List<String> command) throws IOException, InterruptedException {
        return run(folder, input, seconds, command);
    }

    private static String run(Path folder, String input, int seconds, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).directory(folder.toFile());
        // its settings are not the user's, and it tells nobody that it was run
        builder.environment().put("XDG_CONFIG_HOME", folder.toAbsolutePath().toString());
        builder.environment().put("STRIPE_CLI_TELEMETRY_OPTOUT", "1");
        Process process = builder.start();
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it ended before it read everything: what it says follows
        }
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end within " + seconds + " s");
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(command + " failed: " + err.join() + out.join());
        }
        return out.join();
    }

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}

package org.bursar.itests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.bursar.itests.Http.Answer;

/** Requests of both tenants at once, many of whose clients close the connection in the middle. */
final class Aborts {
    private static final int AT_ONCE = 6;
    private static final List<String> LISTS = List.of(
            "/customers?limit=200",
            "/wallets",
            "/holds",
            "/purchases",
            "/audit-entries?limit=200",
            "/threads",
            "/users",
            "/api-keys");

    private final Platform platform;
    private final List<Owner> tenants;
    private final List<Set<String>> secrets;
    private final List<String> leaks = java.util.Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong answers = new AtomicLong();

    Aborts(Platform platform, World world) {
        this.platform = platform;
        tenants = List.of(world.left, world.right);
        secrets = List.of(world.left.allSecrets(), world.right.allSecrets());
    }

    long answers() {
        return answers.get();
    }

    List<String> leaks() {
        return leaks;
    }

    void run(int rounds) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<?>> running = new ArrayList<>();
        for (int worker = 0; worker < AT_ONCE; worker++) {
            Random random = new Random(worker);
            running.add(pool.submit(() -> {
                for (int round = 0; round < rounds; round++) {
                    round(random);
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        pool.shutdown();
    }

    private void round(Random random) throws IOException {
        int which = random.nextInt(tenants.size());
        String path = "/api/v1" + LISTS.get(random.nextInt(LISTS.size()));
        Http caller = random.nextBoolean()
                ? tenants.get(which).callers.get("key")
                : tenants.get(which).customers.get(0).callers.get("key");
        if (random.nextInt(3) > 0) {
            abort(random, caller, path);
            return;
        }
        Answer answer = caller.get(path);
        Set<String> foreign = Probes.found(secrets.get(1 - which), answer.text());
        if (answer.status() == 200) {
            answers.incrementAndGet();
        }
        if (!foreign.isEmpty() || answer.status() >= 500) {
            leaks.add(answer.request() + " answered " + answer.status() + " with " + foreign);
        }
    }

    /** Half of a body or of a head, or all of a request, and then nobody is there any more. */
    private void abort(Random random, Http caller, String path) throws IOException {
        StringBuilder head =
                new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + platform.port() + "\r\n");
        if (random.nextBoolean()) {
            head.replace(0, 4, "GET");
        }
        caller.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        switch (random.nextInt(3)) {
            case 0 -> head.append("Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"customer\": ");
            case 1 -> head.append("\r\n");
            default -> head.setLength(head.length() - 7);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.port())) {
            // closed with a reset, so that the server notices while it writes
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            Thread.sleep(random.nextInt(4));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

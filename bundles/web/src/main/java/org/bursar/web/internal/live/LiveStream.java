package org.bursar.web.internal.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bursar.web.internal.Subject;

/**
 * One page that listens. Nothing here waits: what cannot be written at once has a reader who does not read, and ends. It holds no
 * thread; the container's calls and those of {@link LiveStreams} take turns by its lock.
 */
final class LiveStream implements WriteListener {
    private final AsyncContext exchange;
    private final ServletOutputStream out;
    private final Consumer<LiveStream> gone;
    private final Watcher watcher;
    private final List<Subject> subjects;
    private final long beganNanos;
    private final Map<String, String> seen;
    private boolean open;
    private boolean ended;
    private boolean unsent;

    /** @param seen what the page shows already, by what it is about */
    LiveStream(
            AsyncContext exchange,
            ServletOutputStream out,
            Watcher watcher,
            Collection<Subject> subjects,
            Map<String, String> seen,
            Consumer<LiveStream> gone) {
        this.exchange = exchange;
        this.out = out;
        this.watcher = watcher;
        this.subjects = List.copyOf(subjects);
        this.seen = new HashMap<>(seen);
        this.gone = gone;
        beganNanos = System.nanoTime();
    }

    Watcher watcher() {
        return watcher;
    }

    List<Subject> subjects() {
        return subjects;
    }

    long ageNanos() {
        return System.nanoTime() - beganNanos;
    }

    /** What the page does not show yet; what it never saw counts as seen from now on. */
    synchronized List<String> changed(Map<String, String> now) {
        return now.entrySet().stream()
                .filter(entry -> !seen.computeIfAbsent(entry.getKey(), any -> entry.getValue())
                        .equals(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Tells that something is another than the page shows; with it goes what to ask for after a lost connection. */
    synchronized void tell(List<String> about, Map<String, String> now) {
        about.forEach(what -> seen.put(what, now.getOrDefault(what, "")));
        StringBuilder text = new StringBuilder();
        for (String what : about) {
            text.append("id: ")
                    .append(Marks.text(seen))
                    .append("\ndata: ")
                    .append(what)
                    .append("\n\n");
        }
        send(text.toString());
    }

    /** Something to send, so that proxies keep the connection and a reader who is gone is noticed. */
    synchronized void beat() {
        send(":\n\n");
    }

    private void send(String text) {
        if (ended || !open) {
            return;
        }
        try {
            if (!out.isReady()) {
                end();
                return;
            }
            out.write(text.getBytes(StandardCharsets.UTF_8));
            unsent = true;
            flush();
        } catch (IOException | IllegalStateException e) {
            end();
        }
    }

    private void flush() throws IOException {
        if (unsent && out.isReady()) {
            out.flush();
            unsent = false;
        }
    }

    /** How long a browser waits before it comes again, spread so that not all of them come at once. */
    @Override
    public synchronized void onWritePossible() throws IOException {
        if (ended) {
            return;
        }
        if (open) {
            flush();
        } else {
            open = true;
            send("retry: " + (3_000 + Math.floorMod(System.identityHashCode(this), 4_000)) + "\n\n");
        }
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    void end() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        gone.accept(this);
        try {
            exchange.complete();
        } catch (IllegalStateException e) {
            // the container has ended it already
        }
    }
}

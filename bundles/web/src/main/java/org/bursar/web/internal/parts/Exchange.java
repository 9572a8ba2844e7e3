package org.bursar.web.internal.parts;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Visit;
import org.jspecify.annotations.Nullable;

/**
 * Between the thread that draws and that of the request. Operations are asked on the request's own thread, which knows the request; the
 * drawing one waits for the answer. After the deadline nothing is asked any more: the request is over, and its thread works for another.
 */
final class Exchange {
    private final LinkedBlockingQueue<Object> questions = new LinkedBlockingQueue<>();
    private @Nullable Thread drawing;
    private boolean over;

    private record Question(String method, String path, String json, CompletableFuture<Reply> reply) {}

    private record End(@Nullable String drawn) {}

    synchronized void begin() {
        drawing = Thread.currentThread();
    }

    /** From here on the thread is somebody else's, and is not interrupted any more. */
    synchronized void end(@Nullable String drawn) {
        drawing = null;
        // an interrupt that came last must not meet whoever is next
        Thread.interrupted();
        questions.add(new End(drawn));
    }

    private synchronized void giveUp() {
        over = true;
        if (drawing != null) {
            drawing.interrupt();
        }
        Object left = questions.poll();
        while (left != null) {
            if (left instanceof Question question) {
                question.reply().cancel(false);
            }
            left = questions.poll();
        }
    }

    Reply ask(String method, String path, String json) throws InterruptedException {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        synchronized (this) {
            if (over) {
                throw new IllegalStateException("the request is over");
            }
            questions.add(new Question(method, path, json, reply));
        }
        try {
            return reply.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the operation could not be asked", e.getCause());
        }
    }

    /** On the request's thread: answers what the part asks, until it has drawn or its time is over. */
    Optional<String> serve(Visit visit, long patienceNanos) {
        long deadline = System.nanoTime() + patienceNanos;
        AtomicReference<@Nullable String> drawn = new AtomicReference<>();
        try {
            while (!served(questions.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS), visit, drawn)) {
                // the next question
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            giveUp();
        }
        return Optional.ofNullable(drawn.get());
    }

    private static boolean served(@Nullable Object next, Visit visit, AtomicReference<@Nullable String> drawn) {
        if (next instanceof Question question) {
            try {
                question.reply()
                        .complete(PartRequest.asked(visit, question.method(), question.path(), question.json()));
            } catch (RuntimeException e) {
                question.reply().completeExceptionally(e);
            }
            return false;
        }
        if (next instanceof End end) {
            drawn.set(end.drawn());
        }
        return true;
    }
}

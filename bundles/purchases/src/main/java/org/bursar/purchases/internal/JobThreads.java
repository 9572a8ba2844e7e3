package org.bursar.purchases.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of one run of a job that waits for several providers at once. */
final class JobThreads {
    private static final Logger LOG = LoggerFactory.getLogger(JobThreads.class);
    private static final int AT_ONCE = 8;

    private JobThreads() {}

    /** Eight, named after the job; whoever asks for them ends them. */
    static ExecutorService of(String job) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(AT_ONCE, work -> {
            Thread thread = new Thread(work, "job " + job + ' ' + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Does the work for all parts, eight at once, and returns when it is done for each; one that fails is told, and the others go on.
     * The order is left to chance, so that nobody is behind the same others run after run. An interruption ends it.
     */
    static <T> void each(String job, Collection<T> parts, Consumer<T> work) {
        List<T> turns = new ArrayList<>(parts);
        Collections.shuffle(turns);
        ExecutorService threads = of(job);
        try {
            List<Future<?>> working = new ArrayList<>();
            for (T part : turns) {
                working.add(threads.submit(() -> work.accept(part)));
            }
            await(working);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Waits for all of them; one that failed is told, and the others are waited for. */
    static void await(List<Future<?>> all) throws InterruptedException {
        for (Future<?> one : all) {
            try {
                one.get();
            } catch (ExecutionException e) {
                LOG.error("a part of a job failed", e);
            }
        }
    }
}

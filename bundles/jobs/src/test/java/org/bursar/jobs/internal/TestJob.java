package org.bursar.jobs.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.kernel.RecurringJob;

/** A job that counts its runs. */
final class TestJob implements RecurringJob {
    interface Work {
        void run() throws Exception;
    }

    final AtomicInteger started = new AtomicInteger();
    private final String name;
    private final Duration every;
    private final Work work;

    TestJob(String name, Duration every, Work work) {
        this.name = name;
        this.every = every;
        this.work = work;
    }

    static TestJob everySecond(String name, Work work) {
        return new TestJob(name, Duration.ofSeconds(1), work);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public void run() {
        started.incrementAndGet();
        try {
            work.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

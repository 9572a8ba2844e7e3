package org.bursar.jobs.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One run of a job on this node, from the thread that it has taken. */
final class JobRun {
    private final PresentJob job;
    private final Thread thread = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean over;
    private boolean cutOff;

    JobRun(PresentJob job) {
        this.job = job;
    }

    PresentJob job() {
        return job;
    }

    /**
     * Runs the job under its own name and class loader, so that thread dumps and look-ups by name find what they
     * should.
     */
    void go() {
        String name = thread.getName();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setName("job " + job.name());
        thread.setContextClassLoader(job.job().getClass().getClassLoader());
        try {
            job.job().run();
        } finally {
            thread.setContextClassLoader(loader);
            thread.setName(name);
            end();
        }
    }

    private synchronized void end() {
        over = true;
        if (cutOff) {
            // the interrupt was for the job, not for what the scheduler does afterwards
            Thread.interrupted();
        }
        ended.countDown();
    }

    /** Interrupts the job, if it still runs. */
    synchronized void cutOff() {
        if (!over) {
            cutOff = true;
            thread.interrupt();
        }
    }

    synchronized boolean wasCutOff() {
        return cutOff;
    }

    /** Waits for the end of the run, so long at most. */
    boolean awaitEnd(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }
}

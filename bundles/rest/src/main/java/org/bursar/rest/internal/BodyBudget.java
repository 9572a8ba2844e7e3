package org.bursar.rest.internal;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;

/**
 * How much of large request bodies may be in memory at once, over all requests: what is read from a body takes many times its
 * size, and a few hundred of the largest would take the whole heap. Small bodies are free.
 */
final class BodyBudget {
    /** What a body may have for free: as many of this size as there are threads do no harm. */
    static final int SMALL_BYTES = 16 * 1024;

    private static final int UNIT_BYTES = 1024;
    private static final int UNITS = 8 * 1024;
    private static final long WAIT_MILLIS = 2_000;

    private final Semaphore units = new Semaphore(UNITS, true);

    /**
     * Waits until there is room for a body of this size, for two seconds at most.
     *
     * @return what to give back
     * @throws ProblemException 503 when there is none
     */
    int take(long bytes) {
        int wanted = (int) Math.min(UNITS, (bytes + UNIT_BYTES - 1) / UNIT_BYTES);
        try {
            if (units.tryAcquire(wanted, WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                return wanted;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(
                Problems.UNAVAILABLE, "Too many large bodies at once; send this one again, or send less at once.");
    }

    void giveBack(int taken) {
        units.release(taken);
    }
}

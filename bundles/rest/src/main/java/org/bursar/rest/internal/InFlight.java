package org.bursar.rest.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The requests that an application is working on, so that it goes only when they are answered. */
final class InFlight {
    private int requests;
    private boolean closed;

    /** Whether a request may begin; it then must {@link #leave()}. */
    synchronized boolean enter() {
        if (closed) {
            return false;
        }
        requests++;
        return true;
    }

    /** Ends a request. */
    synchronized void leave() {
        requests--;
        if (closed && requests == 0) {
            notifyAll();
        }
    }

    /** Lets no further request begin. */
    synchronized void close() {
        closed = true;
    }

    /** Waits for those that have begun, so long at most, and says whether they have ended. */
    synchronized boolean awaitEnd(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (requests > 0) {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (millis <= 0) {
                    return false;
                }
                wait(millis);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return requests == 0;
        }
    }
}

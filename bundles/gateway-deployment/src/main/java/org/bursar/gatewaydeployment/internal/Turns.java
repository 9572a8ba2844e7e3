package org.bursar.gatewaydeployment.internal;

import java.time.Duration;

/** The turns of the one who looks at the folder, and those who wait for a turn that began after they asked. */
final class Turns {
    private long asked;
    private long served;
    private boolean closed;

    /** Asks for a turn now; its number is to be waited for. */
    synchronized long ask() {
        asked++;
        notifyAll();
        return asked;
    }

    /** A turn begins: whatever was asked until now is served by it. */
    synchronized long begin() {
        return asked;
    }

    /** Whether somebody has asked since the last turn. */
    synchronized boolean waitedFor() {
        return asked > served;
    }

    /** A turn has ended; returns when the next is due, false when there is to be none. */
    synchronized boolean end(long serving, Duration pause) throws InterruptedException {
        served = serving;
        notifyAll();
        long end = System.nanoTime() + pause.toNanos();
        long left = pause.toMillis();
        while (!closed && asked == serving && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
        return !closed;
    }

    /** Waits for a turn that serves this number, no longer than that. */
    synchronized void await(long number, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        while (!closed && served < number && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    /** There is no further turn. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}

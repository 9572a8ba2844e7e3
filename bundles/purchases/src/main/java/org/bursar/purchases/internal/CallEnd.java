package org.bursar.purchases.internal;

/**
 * Whether a call of a gateway is over. A context that is made while a call is under way ends with it, so that a gateway that keeps
 * contexts comes by no secrets with them, least of all in a call for somebody else.
 */
final class CallEnd implements AutoCloseable {
    private static final ThreadLocal<CallEnd> UNDER_WAY = new ThreadLocal<>();

    private volatile boolean over;

    /** A call begins on this thread. */
    static CallEnd begin() {
        CallEnd call = new CallEnd();
        UNDER_WAY.set(call);
        return call;
    }

    /** The call of this thread; outside any, one that does not end. */
    static CallEnd ofThisThread() {
        CallEnd call = UNDER_WAY.get();
        return call == null ? new CallEnd() : call;
    }

    /**
     * Refuses what belongs to the call alone.
     *
     * @throws IllegalStateException when it is over
     */
    void requireUnderWay() {
        if (over) {
            throw new IllegalStateException("the call is over, and with it what it was given");
        }
    }

    @Override
    public void close() {
        over = true;
        UNDER_WAY.remove();
    }
}

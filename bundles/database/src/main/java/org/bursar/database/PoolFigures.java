package org.bursar.database;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** How the pool is doing, for those who watch over it. Reading it costs nothing and never waits. */
@ProviderType
public interface PoolFigures {
    /** One for each lane. */
    List<Figures> lanes();

    /** Whether PostgreSQL counts as away at this moment: transactions are refused until it answers again. */
    boolean away();

    /** How often PostgreSQL has gone away since the start. */
    long outages();

    /**
     * One lane at one moment.
     *
     * @param active connections in use
     * @param idle connections that are open and free
     * @param waiting threads that wait for one
     * @param size the most that may be open
     * @param timeouts since the start, those who waited in vain
     * @param refused since the start, those who were turned away at once, because too many waited or PostgreSQL was away
     */
    record Figures(Lane lane, int active, int idle, int waiting, int size, long timeouts, long refused) {}
}

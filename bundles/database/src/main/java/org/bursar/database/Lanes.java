package org.bursar.database;

import org.osgi.annotation.versioning.ProviderType;

/** Says for a thread which lane's connections its transactions take. A thread that says nothing is in {@link Lane#GENERAL}. */
@ProviderType
public interface Lanes {
    /** Enters a lane until the stay is closed, by the same thread; then the one before holds again. */
    Stay enter(Lane lane);

    /** A thread's time in a lane. */
    @ProviderType
    interface Stay extends AutoCloseable {
        @Override
        void close();
    }
}

package org.bursar.kernel;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Work that must happen again and again, on one node at a time. Register it as a service; it runs while it is registered.
 * A run that throws is logged and counted, and tried again at the next turn, so a job finds its own work each time and can
 * be cut off anywhere.
 */
@ConsumerType
public interface RecurringJob {
    /** Stable and unique, in kebab-case: {@code hold-expiry}. */
    String name();

    /** The pause between the end of one run and the start of the next: a second to a day. */
    Duration every();

    /** Does what is due now. Runs outside any transaction; one transaction serves one tenant. */
    void run();
}

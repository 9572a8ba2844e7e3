package org.bursar.kernel;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that happens by itself when a tenant's time comes to it. Register it as a service. For ordinary tenants a
 * {@link RecurringJob} does the same; of a sandbox the clock is moved from one instant at which anything is due to the next,
 * and whoever follows it is called at each of them, so that what happens does not depend on how far the clock is moved at once.
 */
@ConsumerType
public interface TimeFollower {
    /** Stable and unique, in kebab-case: {@code hold-expiry}. */
    String name();

    /** Who comes first of those that are due at one instant: the smallest. */
    int order();

    /**
     * The earliest instant at which there is something to do, which may have passed; empty when there never is as things are.
     * What cannot be done as things are, such as a payment without money, is not something to do.
     */
    Optional<Instant> nextDue(Scope scope);

    /**
     * Does what is due by the tenant's clock, or as much of it as takes some seconds: it is called again while anything is due. Runs outside any transaction, and may be cut off anywhere: whoever comes next finds
     * what is left to do by itself.
     */
    void due(Scope scope);
}

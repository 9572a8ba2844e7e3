package org.bursar.kernel;

import java.time.Clock;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The time that a tenant's money follows: entries, lots, holds, leases, cycles, renewals and the times of usage. A sandbox
 * tenant has a clock of its own, which stands still until somebody moves it; every other tenant's is the wall's. What is not
 * money follows the wall's in any case: sessions and keys, the audit log, what is sealed, jobs and ids.
 */
@ProviderType
public interface TenantClocks {
    /**
     * A tenant's clock. Of an ordinary tenant it is {@link #wall} itself, and asking for it costs nothing. A sandbox's reads its
     * row, and within a transaction holds it: until the transaction ends, nobody moves the clock.
     */
    Clock of(TenantId tenant);

    /** Whether a tenant has a clock of its own; this never changes. What runs by itself leaves these to {@link TimeFollower}. */
    boolean sandbox(TenantId tenant);

    /** The real time. */
    Clock wall();

    /** One clock for everybody. */
    static TenantClocks same(Clock clock) {
        return new TenantClocks() {
            @Override
            public Clock of(TenantId tenant) {
                return clock;
            }

            @Override
            public boolean sandbox(TenantId tenant) {
                return false;
            }

            @Override
            public Clock wall() {
                return clock;
            }
        };
    }
}

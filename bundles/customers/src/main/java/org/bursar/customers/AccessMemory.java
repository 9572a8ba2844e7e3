package org.bursar.customers;

import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What {@link Access} has answered within the last seconds. Whoever changes what a rule looks at says so here, within the
 * transaction that changes it; then this node's next answer is the new one as soon as the transaction has committed, and that of
 * every other node within a second. What the course of time alone changes is noticed within five seconds.
 */
@ProviderType
public interface AccessMemory {
    /** What is remembered of a customer is forgotten with the commit of this thread's transaction, or at once without one. */
    void changed(TenantId tenant, CustomerId customer);

    /** The same for a change that takes a yes from nobody: only a no is forgotten. */
    void improved(TenantId tenant, CustomerId customer);
}

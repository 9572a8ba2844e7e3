package org.bursar.identity;

import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The audit log. */
@ProviderType
public interface Audit {
    /**
     * Records a write in the transaction that makes it, so that there is never the one without the other.
     *
     * @param action what was done, such as {@code customer.update}
     * @param subject the id of what it was done to
     * @param customer whose data before and after are: they are sealed under that customer's key, which erasure
     *     destroys
     * @param before the state before, as a record or map that JSON can show, without secrets; null when there was none
     * @param after the state after; null when there is none
     */
    void record(
            Scope scope,
            String action,
            String subject,
            Optional<CustomerId> customer,
            @Nullable Object before,
            @Nullable Object after);
}

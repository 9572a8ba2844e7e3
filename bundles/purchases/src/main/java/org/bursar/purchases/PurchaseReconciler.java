package org.bursar.purchases;

import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** Looks at purchases when somebody asks, without waiting for the next look. */
@ProviderType
public interface PurchaseReconciler {
    /**
     * Asks the provider about a purchase now. When it does not tell, the purchase's alert says why. Not inside a transaction.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}, {@code forbidden}
     */
    Purchase lookNow(Scope scope, PurchaseId id);
}

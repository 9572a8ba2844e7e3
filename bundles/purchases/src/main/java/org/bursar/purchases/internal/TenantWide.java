package org.bursar.purchases.internal;

import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;

/** Some things a customer's own users and keys may not do, whatever permissions somebody gave them. */
final class TenantWide {
    private TenantWide() {}

    static void require(Scope scope) {
        if (scope.customers().isPresent()) {
            throw new ProblemException(Problems.FORBIDDEN, "This is for the tenant's own users and keys.");
        }
    }
}

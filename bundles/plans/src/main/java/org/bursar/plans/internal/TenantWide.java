package org.bursar.plans.internal;

import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;

/** What a customer's own users and keys may read but not write, whatever permissions somebody gave them. */
final class TenantWide {
    private TenantWide() {}

    static void require(Scope scope) {
        if (scope.customers().isPresent()) {
            throw new ProblemException(Problems.FORBIDDEN, "This is for the tenant's own users and keys.");
        }
    }
}

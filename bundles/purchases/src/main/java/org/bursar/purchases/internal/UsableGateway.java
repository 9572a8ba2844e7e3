package org.bursar.purchases.internal;

import org.bursar.kernel.Money;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.purchases.PurchasesProblems;

/** Whether a tenant's payers can pay through a gateway. */
final class UsableGateway {
    private UsableGateway() {}

    static ProblemException unavailable() {
        return new ProblemException(
                PurchasesProblems.GATEWAY_UNAVAILABLE,
                "The gateway is not there at the moment, is being replaced, or is turned off.");
    }

    static void check(GatewayDirectory.Known known, TenantSettings tenant, Money price) {
        if (!tenant.enabled()) {
            throw unavailable();
        }
        if (!tenant.complete(known.descriptor().settings())
                || tenant.outdated(known.descriptor().settings())) {
            throw new ProblemException(
                    PurchasesProblems.GATEWAY_NOT_CONFIGURED, PurchasesProblems.GATEWAY_NOT_CONFIGURED.cure());
        }
        if (!known.descriptor().currencies().isEmpty()
                && !known.descriptor().currencies().contains(price.currency())) {
            throw new ProblemException(Problems.invalid(
                    "/gateway",
                    PurchasesProblems.CURRENCY_NOT_SUPPORTED,
                    "this gateway does not take " + price.currency()));
        }
    }
}

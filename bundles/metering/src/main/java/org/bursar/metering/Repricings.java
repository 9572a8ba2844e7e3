package org.bursar.metering;

import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.RepricingId;
import org.bursar.kernel.Scope;
import org.bursar.plans.RepricedCycle;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Prices a cycle's usage anew, when a rate was wrong. What {@link org.bursar.plans.UsageRepricing} says of counters holds; the
 * difference is posted as one entry of the wallet and spread over the sums that reports read, all in one transaction: so reports,
 * ledger and counters show one sum before and after it. Events keep what they were charged.
 */
@ProviderType
public interface Repricings {
    /**
     * What a repricing would change by now; nothing is written.
     *
     * @throws org.bursar.kernel.ProblemException {@code forbidden} but for scopes of the whole tenant; {@code not_found}; {@code
     *     invalid} at {@code /cycle}, {@code /plan} or {@code /version}; {@code usage_out_of_range}
     */
    RepricedCycle preview(Scope scope, CustomerId customer, NewRepricing wanted);

    /**
     * Reprices a cycle. It may be running, over, or repriced before. It is recorded in the audit log.
     *
     * @throws org.bursar.kernel.ProblemException as {@link #preview}; {@code invalid} at {@code /reason}; {@code
     *     balance_out_of_range}
     */
    Repricing reprice(Scope scope, CustomerId customer, NewRepricing wanted);

    /**
     * One of them.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    Repricing get(Scope scope, CustomerId customer, RepricingId repricing);

    /**
     * A customer's repricings, the newest first.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    Page<Repricing> list(Scope scope, CustomerId customer, Page.Request page);
}

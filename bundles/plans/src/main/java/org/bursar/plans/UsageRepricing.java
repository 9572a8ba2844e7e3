package org.bursar.plans;

import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.RepricingId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Prices the usage of a cycle anew. The whole cycle is priced by one version, whichever plans held in it: each counter is charged
 * round6(P(consumed)), and so is each state that a reset took off a counter. Every method joins the caller's transaction, and none
 * posts anything: whoever charges usage posts the difference.
 */
@ProviderType
public interface UsageRepricing {
    /**
     * What a repricing would change; nothing is written.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid} at {@code /cycle} when it has not begun, at {@code /plan} or
     *     {@code /version} when there is no such, or no plan held; {@link PlansProblems#USAGE_OUT_OF_RANGE}
     */
    RepricedCycle preview(Scope scope, CustomerId customer, RepricingTerms terms);

    /**
     * Brings the counters to the new charges, and keeps what was changed. From here on all usage of the cycle is priced by the same
     * version, but for usage that falls under a plan chosen later; so the sum is always round6(P(consumed)). The counters stay
     * locked until the transaction ends, as {@link UsageRating#rate} locks them: of two repricings the second sees what the first left.
     *
     * @throws org.bursar.kernel.ProblemException as {@link #preview}
     */
    RepricedCycle reprice(Scope scope, CustomerId customer, RepricingTerms terms, RepricingId repricing);

    /** What a repricing changed, in the order of {@link RepricedCycle#meters}; empty for one that is not there. */
    List<RepricedMeter> changed(Scope scope, CustomerId customer, RepricingId repricing);
}

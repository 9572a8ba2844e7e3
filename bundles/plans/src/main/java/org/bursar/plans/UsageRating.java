package org.bursar.plans;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** Rates usage against the plans. Every method joins the caller's transaction. */
@ProviderType
public interface UsageRating {
    /** The meters with these keys, where they are there. */
    Map<String, Meter> meters(Scope scope, Collection<String> keys);

    /** The meters with these ids, where they are there. */
    Map<MeterId, Meter> metersById(Scope scope, Collection<MeterId> ids);

    /**
     * Adds usages to their cycles and prices each: round6(P(after)) − round6(P(before)), half even. Counters are locked in ascending
     * order of customer, cycle and meter, so that batches cannot deadlock.
     *
     * <p>A usage belongs to the cycle that its time falls in, and is priced by the plan that held at that time; what is older than
     * the first subscription belongs to its first cycle. Without a subscription, after its end, or without a rate for the meter,
     * the charge is zero; the cost is counted all the same.
     *
     * @param usages of customers and meters that exist, at most 1,000
     * @return the price of each, in the same order
     * @throws org.bursar.kernel.ProblemException {@link PlansProblems#USAGE_OUT_OF_RANGE} when a sum outgrows 14 digits
     */
    List<RatedUsage> rate(Scope scope, List<Usage> usages);

    /**
     * Computes a charge again from what was kept of it.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when the plan's version is not there within the scope
     */
    RatingExplanation explain(Scope scope, MeterId meter, BigDecimal quantity, RatingBasis basis);
}

package org.bursar.plans;

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
    Map<String, MeterId> meters(Scope scope, Collection<String> keys);

    /**
     * Adds usages to their cycles and prices each: round6(P(after)) − round6(P(before)), half even. Cycle rows are locked in
     * ascending order of customer, meter and cycle. A customer without a subscription is charged nothing.
     *
     * @param usages of customers and meters that exist, at most 1,000
     * @return the price of each, in the same order
     */
    List<RatedUsage> rate(Scope scope, List<Usage> usages);
}

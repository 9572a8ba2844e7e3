package org.bursar.plans;

import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Limits by the minute, exact on any number of nodes: the generic cell rate algorithm of ITU-T I.371 with a burst as large as the
 * limit. After a pause of a minute the whole size can be taken at once; what is taken comes back evenly, the size in a minute. So
 * within any {@code w} seconds at most {@code size * (1 + w / 60)} requests are let through. What is taken stays taken: there is
 * nothing to give back or to renew. Where nothing limits, every request is let through and nothing is counted.
 */
@ProviderType
public interface RateLimits {
    /**
     * Takes one request. A refusal writes nothing.
     *
     * @param limit {@link Limit#REQUESTS_PER_MINUTE}
     * @return what is left
     * @throws org.bursar.kernel.ProblemException {@code invalid} for another limit; {@code not_found}; {@code access_refused} by any
     *     rule but the balance's; {@link PlansProblems#LIMIT_REACHED} with {@code limit}, {@code size}, {@code retryAfter}: the
     *     seconds after which one more is let through, unless others take it
     */
    RateLimit take(Scope scope, CustomerId customer, Limit limit);

    /**
     * What is left of each limit by the minute.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    List<RateLimit> of(Scope scope, CustomerId customer);
}

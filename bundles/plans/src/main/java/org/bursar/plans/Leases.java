package org.bursar.plans;

import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.LeaseId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Leases: of a customer's limit never more are open than the plan and the add-ons allow, on any number of nodes. A lease ends
 * when it is released or when its time runs out, at that instant and whether or not any job has run, so a caller that is gone
 * leaks nothing. Where nothing limits, every lease is given.
 */
@ProviderType
public interface Leases {
    /** A day. */
    int LONGEST_TTL_SECONDS = 86_400;

    /**
     * Takes a place. A refusal writes nothing.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid}; {@code not_found}; {@code access_refused} by any rule but
     *     the balance's; {@link PlansProblems#LIMIT_REACHED} with {@code limit}, {@code size}, {@code open}, {@code retryAfter}
     */
    Lease acquire(Scope scope, NewLease wanted);

    /**
     * One of them. What ended more than a day ago is forgotten.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    Lease get(Scope scope, LeaseId lease);

    /** A customer's open leases, the newest first; without a customer all that the scope sees, customer by customer. */
    Page<Lease> open(Scope scope, Optional<CustomerId> customer, Page.Request page);

    /**
     * Lets an open lease last so long from now, and never shorter than it would anyway.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid}; {@code not_found}; {@code access_refused}; {@link
     *     PlansProblems#LEASE_ENDED}: its place may be another's
     */
    Lease renew(Scope scope, LeaseId lease, int ttlSeconds);

    /**
     * Gives the place back. What has ended stays as it is.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    Lease release(Scope scope, LeaseId lease);
}

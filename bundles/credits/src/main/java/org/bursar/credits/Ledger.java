package org.bursar.credits;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** The ledger as other capabilities use it. Every method joins the caller's transaction. */
@ProviderType
public interface Ledger {
    /**
     * Posts, each once for its key. Wallets are locked in ascending order of their ids, so that batches cannot
     * deadlock; within a wallet the order is kept, and each is decided by what those before it left. A key that the
     * wallet knows already, from an earlier call or from earlier in this one, answers the entry that is there,
     * whatever the amount.
     *
     * @param postings at most 1,000
     * @return a result for each posting, in the same order
     * @throws org.bursar.kernel.ProblemException {@link CreditsProblems#BALANCE_OUT_OF_RANGE}: a balance would have
     *     more than 14 digits before the point; nothing of the call is posted
     */
    List<PostResult> post(Scope scope, List<Posting> postings);

    /** The balances of these customers, where they have a wallet. */
    Map<CustomerId, Balance> balances(Scope scope, Collection<CustomerId> customers);
}

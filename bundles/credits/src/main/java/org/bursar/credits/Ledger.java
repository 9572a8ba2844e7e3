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
     * Posts, each once for its key. Wallets are locked in ascending order of their ids, so that batches cannot deadlock; within a
     * wallet the order is kept.
     *
     * @param postings at most 1,000
     * @return a result for each posting, in the same order
     */
    List<PostResult> post(Scope scope, List<Posting> postings);

    /** The balances of these customers, where they have a wallet. */
    Map<CustomerId, Balance> balances(Scope scope, Collection<CustomerId> customers);
}

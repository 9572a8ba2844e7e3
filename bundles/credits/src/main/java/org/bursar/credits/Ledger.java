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
     * <p>What a positive posting adds is a lot. What is taken goes by the order of the lots; a refund or dispute takes
     * first what is left of the lots with its reference. Before anything is decided, lots whose time has run out expire:
     * each posts an entry of its own, which no result of this call names.
     *
     * @param postings at most 1,000
     * @return a result for each posting, in the same order
     * @throws org.bursar.kernel.ProblemException {@link CreditsProblems#BALANCE_OUT_OF_RANGE}: a balance would have
     *     more than 14 digits before the point; nothing of the call is posted
     */
    List<PostResult> post(Scope scope, List<Posting> postings);

    /**
     * The same for postings whose keys are new to their wallets and differ from each other, as the caller knows for certain: what is
     * in the ledger already is not looked for. A key that is there all the same fails the call, and nothing of it is posted.
     */
    List<PostResult> postNew(Scope scope, List<Posting> postings);

    /**
     * The balances of these customers, where they have a wallet. What has expired is not in them, whether its entry is
     * posted already or not.
     */
    Map<CustomerId, Balance> balances(Scope scope, Collection<CustomerId> customers);
}

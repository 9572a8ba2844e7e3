package org.bursar.credits;

import java.util.List;
import java.util.UUID;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** Wallets and their ledgers for people and programs. Every method joins the caller's transaction or opens one. */
@ProviderType
public interface Wallets {
    /** The order of a ledger's entries. */
    enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST
    }

    /** The most lots that are shown with a wallet. */
    int MOST_LOTS = 100;

    /**
     * A wallet with what is in it.
     *
     * @param lots those with something left, in the order in which they are spent, at most {@value #MOST_LOTS}
     */
    record Contents(Wallet wallet, List<Lot> lots) {
        public Contents {
            lots = List.copyOf(lots);
        }
    }

    /**
     * A customer's wallet. What has expired is not in its balance, whether its entry is posted already or not.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    Wallet get(Scope scope, CustomerId customer);

    /**
     * A customer's wallet and the lots in it.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    Contents contents(Scope scope, CustomerId customer);

    /**
     * Every lot of a wallet, newest first.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when there is no such wallet
     */
    Page<Lot> lots(Scope scope, CustomerId customer, Page.Request request);

    /**
     * The lots of a wallet with one reference, such as a purchase's, oldest first, with what is left of each; at most {@value
     * #MOST_LOTS}. None when there is no such wallet.
     */
    List<Lot> lotsOf(Scope scope, CustomerId customer, String reference);

    /** The wallets within the scope, by customer. */
    Page<Wallet> list(Scope scope, Page.Request request);

    /**
     * A wallet's ledger.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when there is no such wallet
     */
    Page<LedgerEntry> entries(Scope scope, CustomerId customer, Order order, Page.Request request);

    /**
     * One entry.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    LedgerEntry entry(Scope scope, CustomerId customer, long seq);

    /**
     * Adds or deducts, and records in the audit log who did. A deduction is guarded: it takes no more than is
     * available with the overdraft.
     *
     * @param key the same key adjusts once; a repeated one answers the first entry
     * @throws org.bursar.kernel.ProblemException {@code invalid}; {@code not_found} when there is no such customer;
     *     {@link CreditsProblems#INSUFFICIENT_CREDITS} with {@code available}; {@link
     *     CreditsProblems#BALANCE_OUT_OF_RANGE}
     */
    LedgerEntry adjust(Scope scope, CustomerId customer, Adjustment adjustment, UUID key);
}

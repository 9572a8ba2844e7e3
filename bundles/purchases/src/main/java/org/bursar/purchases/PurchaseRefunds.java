package org.bursar.purchases;

import java.util.Optional;
import org.bursar.kernel.Money;
import org.bursar.kernel.Page;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RefundId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** Money that goes back to payers, and what their banks ask back. */
@ProviderType
public interface PurchaseRefunds {
    /**
     * What a refund would do now; nothing is changed.
     *
     * @param amount empty: all that can be paid back
     * @throws org.bursar.kernel.ProblemException {@code not_found}, {@code wrong_state}, {@code invalid}, {@code forbidden}
     */
    RefundPreview preview(Scope scope, PurchaseId purchase, Optional<Money> amount);

    /**
     * Stores a refund; joins the caller's transaction. Where people decide, it says that the money was paid back, and the credit
     * goes at once. Where a provider does, call {@link #execute} outside of it.
     *
     * @param amount empty: all that can be paid back
     * @param reason at most 500 characters
     * @throws org.bursar.kernel.ProblemException {@code not_found}, {@code wrong_state}, {@code invalid} at {@code /amount} when it
     *     is more than can be paid back, {@code refund_not_supported}, {@code gateway_unavailable}, {@code forbidden}
     */
    RefundId plan(Scope scope, PurchaseId purchase, Optional<Money> amount, String reason);

    /** Asks the provider, unless that is done or under way. Not inside a transaction. It can be repeated: the key is the same. */
    void execute(Scope scope, RefundId refund);

    /**
     * One refund.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    Refund get(Scope scope, PurchaseId purchase, RefundId refund);

    /** The refunds of a purchase, newest first. */
    Page<Refund> list(Scope scope, PurchaseId purchase, Page.Request page);

    /** Disputes, newest first. */
    Page<PurchaseDispute> disputes(
            Scope scope, Optional<PurchaseId> purchase, Optional<PurchaseDispute.Status> status, Page.Request page);
}

package org.bursar.credits;

import java.math.BigDecimal;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Holds reserve credit before something is done, so that it can be paid for afterwards. Every method joins the caller's
 * transaction or opens one. Those on one hold answer {@code not_found} when there is none within the scope.
 */
@ProviderType
public interface Holds {
    /**
     * Reserves an amount, when every rule but the balance's lets the customer be served, the wallet covers it, and so do the
     * cap of the user that it is for and the tenant's wholesale wallet, where these are there: in all of them or in none.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid}; {@code not_found} when there is no such customer;
     *     {@code access_refused} with {@code reasons}; {@code unavailable} when a rule is not there;
     *     {@link CreditsProblems#INSUFFICIENT_CREDITS}, {@link CreditsProblems#SPEND_CAP_REACHED} or {@link
     *     CreditsProblems#WHOLESALE_EXHAUSTED} with {@code available}. A scope that is limited to customers gets {@code
     *     unavailable} instead of the last: what the tenant has with the platform is none of its customers' business
     */
    Hold place(Scope scope, NewHold hold);

    /** One hold. */
    Hold get(Scope scope, HoldId id);

    /** Holds, newest first. */
    Page<Hold> list(Scope scope, Optional<CustomerId> customer, Optional<HoldStatus> status, Page.Request request);

    /**
     * Lets an open hold last until so many seconds from now, never shorter than it would. The access rules are asked
     * again, since going on is being served.
     *
     * @throws org.bursar.kernel.ProblemException as {@link #place}; {@link CreditsProblems#HOLD_SETTLED} when it is
     *     not open any more
     */
    Hold extend(Scope scope, HoldId id, int ttlSeconds);

    /**
     * Charges a part of a hold, wherever it is reserved. What was reserved is what pays, so this is never refused for lack of credit; when the
     * hold has expired it still charges, since the work was done, and says so with {@link Hold#afterExpiry}.
     *
     * @param amount at most the rest; zero, when it is the last, releases
     * @param last whether the rest is given back; otherwise it stays held
     * @throws org.bursar.kernel.ProblemException {@code invalid} when the amount is more than the rest;
     *     {@link CreditsProblems#HOLD_SETTLED} when it is settled or released already
     */
    Hold settle(Scope scope, HoldId id, BigDecimal amount, boolean last);

    /**
     * Gives the rest back. A hold that is released already stays as it is.
     *
     * @throws org.bursar.kernel.ProblemException {@link CreditsProblems#HOLD_SETTLED} when it is settled already
     */
    Hold release(Scope scope, HoldId id);
}

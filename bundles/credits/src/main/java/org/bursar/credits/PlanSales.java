package org.bursar.credits;

import java.math.BigDecimal;
import java.time.Period;
import java.util.Collection;
import java.util.Map;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Plans whose price a payment provider collects, told by whoever keeps plans. Each payment fills the wallet with the price, and each
 * cycle takes it from there as ever: so this moves no money. It lies here for the reason that {@link Renewals} does. A sale is named
 * by the purchase in which the plan was taken.
 */
@ProviderType
public interface PlanSales {
    /**
     * What the customer would pay for a plan in each cycle, as of now. Its own callers may only ask for the plan that they have, or had
     * last: which plans there are to be had is the tenant's to say.
     *
     * @param plan a plan's key or the text of its id
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@code invalid} at {@code /plan} for a plan that is not known, is
     *     free, has cycles of the calendar's, or costs no currency; {@code forbidden}; {@code wrong_status} when something is owed for
     *     the present plan, or its service is stopped, or the tenant is a sandbox
     */
    Offer offer(Scope scope, CustomerId customer, String plan);

    /**
     * What was paid for a plan: it begins now with a cycle that is charged to the wallet, in the place of the customer's present one,
     * of which what was paid and is left is credited. Joins the caller's transaction. Asked again for the same sale it changes nothing.
     * Who has come to owe something since the offer gets the plan with the cycle that is owed.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when there is no such customer or plan any longer
     */
    void begin(Scope scope, CustomerId customer, PurchaseId sale, PlanId plan, int version);

    /**
     * Tells whether the provider's last charge failed. While it did not, a renewal that the wallet cannot pay yet waits some days
     * before it is past due, since the provider charges some hours late. Nothing if the sale is not the subscription's any longer.
     */
    void failing(Scope scope, CustomerId customer, PurchaseId sale, boolean failing);

    /** The provider collects no longer: the plan ends with what is paid. Nothing if the sale is not the subscription's any longer. */
    void ended(Scope scope, CustomerId customer, PurchaseId sale);

    /** Nobody wanted the provider to collect any longer, and it does not: what is left of the plan is paid from the wallet. */
    void released(Scope scope, CustomerId customer, PurchaseId sale);

    /** For which sale each of these customers' plans is to be collected; who has none, ends, has ended or is deleted is missing. */
    Map<CustomerId, PurchaseId> wanted(Scope scope, Collection<CustomerId> customers);

    /**
     * What a plan costs.
     *
     * @param version the plan's version that this is the price of
     * @param price of a cycle, greater than zero, in the wallets' unit
     * @param currency ISO 4217; the wallets' unit
     */
    record Offer(PlanId plan, int version, String planName, BigDecimal price, String currency, Period cycle) {}
}

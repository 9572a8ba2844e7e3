package org.bursar.purchases;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.Page;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** Purchases: credit is posted once for what was paid, in the transaction that changes the state. */
@ProviderType
public interface Purchases {
    /**
     * Stores a purchase and the call that is to be made of its gateway; joins the caller's transaction. Then call
     * {@link #checkout} outside of it.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} for customer or package; {@code gateway_unavailable},
     *     {@code gateway_not_configured}, {@code invalid}
     */
    default PurchaseId open(Scope scope, CustomerId customer, PackageId packageId, String gateway) {
        return open(scope, customer, packageId, gateway, false);
    }

    /**
     * The same, where the payer agrees that the provider keeps the payment method, so that it can be charged without the payer.
     *
     * @throws org.bursar.kernel.ProblemException also {@code invalid} at {@code /saveMethod} when the gateway keeps none
     */
    PurchaseId open(Scope scope, CustomerId customer, PackageId packageId, String gateway, boolean saveMethod);

    /**
     * Stores the purchase of a plan's first cycle through a gateway whose provider then charges the others by itself: once it is paid
     * the plan begins, and each later charge is a purchase of its own. Joins the caller's transaction. Then call {@link #checkout}.
     *
     * @param plan a plan's key or the text of its id
     * @throws org.bursar.kernel.ProblemException {@code not_found} for the customer; {@code gateway_unavailable}, {@code
     *     gateway_not_configured}, {@code plan_collected}, {@code plans_unavailable}, {@code wrong_status}, {@code forbidden}, {@code
     *     invalid} at {@code /plan} and {@code /gateway}
     */
    PurchaseId openPlan(Scope scope, CustomerId customer, String plan, String gateway);

    /**
     * Asks the gateway what the payer does next, unless that is known already. Not inside a transaction. It can be repeated:
     * an outcome that is not known is asked for again with the same key.
     */
    Purchase checkout(Scope scope, PurchaseId id);

    /**
     * One purchase.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    Purchase get(Scope scope, PurchaseId id);

    /** Purchases, newest first. */
    Page<Purchase> list(Scope scope, PurchaseFilter filter, Page.Request page);

    /** What happened to a purchase, oldest first. */
    List<PurchaseEvent> events(Scope scope, PurchaseId id);

    /** How many purchases are in each state; a state without any is missing. */
    Map<PurchaseState, Long> counts(Scope scope, Optional<CustomerId> customer);

    /**
     * An admin found the money: the credit is posted. Again with the same amount changes nothing.
     *
     * @param evidence where the money was seen, at most 500 characters
     * @throws org.bursar.kernel.ProblemException {@code invalid} when the amount is not the price; {@code not_manual},
     *     {@code not_found}, {@code forbidden}
     */
    Purchase approve(Scope scope, PurchaseId id, Money received, Optional<String> evidence);

    /**
     * An admin did not find the money. Money that comes later can still be approved.
     *
     * @throws org.bursar.kernel.ProblemException {@code wrong_state}, {@code not_manual}, {@code not_found}, {@code forbidden}
     */
    Purchase decline(Scope scope, PurchaseId id, String reason);

    /**
     * The payer, or an admin, gives it up before it was paid. Where a provider has a checkout open, it is only stored that it is to
     * be stopped; then call {@link #cancelAtProvider} outside of the transaction.
     *
     * @throws org.bursar.kernel.ProblemException {@code wrong_state}, {@code not_found}; {@code not_manual} when the gateway stops
     *     no checkouts, or has not begun one yet
     */
    Purchase cancel(Scope scope, PurchaseId id, Optional<String> reason);

    /**
     * Stops the checkout at its provider, where that was asked for. Not inside a transaction. Who has paid in the same moment has
     * paid: the state tells.
     */
    Purchase cancelAtProvider(Scope scope, PurchaseId id);
}

package org.bursar.plans;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Subscriptions: one a customer. Every write is recorded in the audit log. */
@ProviderType
public interface Subscriptions {
    /** When a change of plan takes effect. */
    enum When {
        /**
         * At once. In a cycle that was paid, what is left of it is credited at the price it was paid at and charged at the new one,
         * in one entry; in a free cycle, or one that is still owed, nothing is. What was consumed stays, and only later usage is
         * priced by the new plan. A plan with a cycle of another length begins a new cycle, which is charged in advance.
         */
        NOW,
        /** When the running cycle ends. */
        CYCLE_END
    }

    /** The customer's subscription, ended ones included; empty when it never had one, or the customer is deleted or not to be seen. */
    Optional<Subscription> find(Scope scope, CustomerId customer);

    /**
     * What is to be paid next, worked out as it will be charged; empty when nothing is: there is no subscription, it has ended or ends
     * with the cycle, or another plan takes over then, whose price is told once it has.
     */
    Optional<Renewal> nextRenewal(Scope scope, CustomerId customer);

    /**
     * Starts a subscription, or changes its plan to the newest version of that plan. The first cycle is not charged; of a
     * plan with a trial, the trial is not, and the first cycle after it is.
     *
     * @param plan a plan's key or the text of its id
     * @param when null: as the plan says ({@link ChangeRule}), else an upgrade at once and a downgrade when the cycle ends
     * @param version the version that is to be changed; empty: whichever there is
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@code invalid} at {@code /plan}; {@code stale}; {@code
     *     insufficient_credits} with {@code available} when the wallet does not cover the change
     */
    Subscription choose(
            Scope scope, CustomerId customer, @Nullable String plan, @Nullable When when, OptionalLong version);

    /**
     * What {@link #choose} would do at this moment, worked out in the same way; nothing is written. A customer's own callers may
     * ask, too.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@code invalid} at {@code /plan}
     */
    PlanPreview preview(Scope scope, CustomerId customer, @Nullable String plan, @Nullable When when);

    /**
     * What the customer has instead of its plan's terms.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} without a subscription
     */
    Overrides overrides(Scope scope, CustomerId customer);

    /**
     * Gives a customer terms of its own, all of them anew, as a change of plan to a version that is the customer's alone: later usage
     * is priced by it, usage of before by what held then, and another price is prorated. All of it is kept with a newer
     * version of the plan; with another plan the rates are, and price and minimum end.
     *
     * @param version the version of the subscription that is to be changed; empty: whichever there is
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@code invalid}; {@code stale}; {@code wrong_status} when ended;
     *     {@code insufficient_credits}
     */
    Overrides override(Scope scope, CustomerId customer, NewOverrides form, OptionalLong version);

    /**
     * Stops the service at once. A locked one stays as it is.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@code invalid} without a reason; {@code wrong_status} when ended
     */
    Subscription lock(Scope scope, CustomerId customer, @Nullable String reason);

    /**
     * Lets the service go on. One that is not locked stays as it is.
     *
     * @throws org.bursar.kernel.ProblemException {@code wrong_status} when it is stopped because it is not paid: it goes on by
     *     itself once it is
     */
    Subscription unlock(Scope scope, CustomerId customer);

    /** Ends it, at once or when the cycle ends. One that has ended stays as it is. */
    Subscription cancel(Scope scope, CustomerId customer, When when);

    /**
     * Gives a customer so many of an add-on, at once. In a cycle that was paid, the difference in cost is charged or credited for
     * what is left of it; in a free cycle, or one that is still owed, nothing is. More of it than before is had at the add-on's
     * newest terms, all of it; less, or as many, at the terms that the customer has.
     *
     * @param addOn its key or the text of its id
     * @param quantity a whole number within the add-on's bounds; zero takes it away
     * @param version the version of the subscription that is to be changed; empty: whichever there is
     * @throws org.bursar.kernel.ProblemException {@code not_found}: no such add-on, or no subscription; {@code invalid} at {@code
     *     /quantity}; {@code stale}; {@code wrong_status} when ended; {@code insufficient_credits}
     */
    Subscription setAddOn(
            Scope scope, CustomerId customer, String addOn, @Nullable BigDecimal quantity, OptionalLong version);

    /**
     * One add-on that a customer has.
     *
     * @param addOn its key or the text of its id
     * @throws org.bursar.kernel.ProblemException {@code not_found}, also when the customer has none of it
     */
    SubscribedAddOn addOn(Scope scope, CustomerId customer, String addOn);

    /**
     * What was consumed in the present cycle; in the last one when the subscription has ended.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} without a subscription
     */
    UsageCycle usageCycle(Scope scope, CustomerId customer);

    /**
     * Sets the counters of the present cycle to zero, so that what is included is there once more. What was charged stays charged;
     * each counter's state is kept as a reversing entry.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@code invalid} without a reason
     */
    UsageCycle reset(Scope scope, CustomerId customer, @Nullable String reason);
}

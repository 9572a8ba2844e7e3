package org.bursar.reporting;

import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** Reports over what the capabilities publish. Each widens its period to whole buckets and says to which. */
@ProviderType
public interface Reports {
    /**
     * What was used. A customer's is counted in hours, that of many in days. Who is held to customers of their own is not told
     * the cost.
     *
     * @param customer empty: the scope's own one, or all that it sees
     * @throws org.bursar.kernel.ProblemException {@code not_found} when there is no such customer within the scope
     */
    UsageReport usage(Scope scope, Optional<CustomerId> customer, Period period);

    /**
     * What was used over time.
     *
     * @param customer empty: by all customers that the scope sees
     * @throws org.bursar.kernel.ProblemException {@code not_found} when there is no such customer within the scope
     */
    UsageSeries usageSeries(Scope scope, Optional<CustomerId> customer, Period period);

    /**
     * Charged against cost, by customer.
     *
     * @throws org.bursar.kernel.ProblemException {@code forbidden} for who is held to customers of their own
     */
    ProfitabilityReport profitability(Scope scope, Period period, Page.Request page);

    /**
     * What was paid.
     *
     * @throws org.bursar.kernel.ProblemException {@code forbidden} for who is held to customers of their own
     */
    RevenueReport revenue(Scope scope, Period period);

    /**
     * What a customer has paid in all.
     *
     * @throws org.bursar.kernel.ProblemException {@code forbidden} for who is held to customers of their own; {@code not_found} when
     *     there is no such customer within the scope
     */
    LifetimeReport lifetime(Scope scope, CustomerId customer, Period period);

    /**
     * What subscriptions bring each month.
     *
     * @throws org.bursar.kernel.ProblemException {@code forbidden} for who is held to customers of their own
     */
    RecurringReport recurring(Scope scope);

    /**
     * How what subscriptions bring each month has moved, and how many there were. What a period that ends now closes with is what
     * {@link #recurring} says.
     *
     * @throws org.bursar.kernel.ProblemException {@code forbidden} for who is held to customers of their own
     */
    MovementsReport movements(Scope scope, Period period);

    /**
     * What customers have as credit, and what they owe, now. It reads every wallet.
     *
     * @throws org.bursar.kernel.ProblemException {@code forbidden} for who is held to customers of their own
     */
    BalanceReport balances(Scope scope);

    /** How much the AI is talked to, by the customers that the scope sees or by one of them. */
    EngagementReport engagement(Scope scope, Optional<CustomerId> customer, Period period);
}

package org.bursar.metering;

import java.util.Collection;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UsageEventId;
import org.osgi.annotation.versioning.ProviderType;

/** Usage: reported, rated and charged, and read again. */
@ProviderType
public interface UsageEvents {
    /** The most events of one report. */
    int MOST = 1_000;

    /** How many weeks {@link #weeks} tells of. */
    int WEEKS = 12;

    /** Of how many customers it tells at once. */
    int MOST_CUSTOMERS = 100;

    /**
     * Counts and charges events. Each has its own result; what is wrong with one does not touch the others. Usage is a fact: access and
     * balance play no part. Sending a report again, whole or in part, changes nothing: the same source and id within three days
     * of receipt (configurable) is a duplicate, whatever its time, and twice in one report too. What a customer's own users and
     * keys report is told apart by the customer too, and from what the tenant's own report.
     *
     * <p>An event is stored, rated and charged in one transaction, and so are all of a report of up to 100. A larger one is counted in
     * parts, those of a customer in their order; when PostgreSQL goes away meanwhile, some may be counted, and all are sent again.
     *
     * @param events at most {@value #MOST}
     * @return a result for each event, in the same order
     * @throws org.bursar.kernel.ProblemException {@code too_large}; {@code usage_out_of_range} or {@code balance_out_of_range} when
     *     a sum outgrows 14 digits and the report has up to 100 events; in a larger one the event that does it is rejected
     */
    List<EventResult> report(Scope scope, List<UsageEvent> events);

    /**
     * What a customer used, by day and meter, the latest day first.
     *
     * @param filter widened to whole days in UTC
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@code invalid} for a meter that is not there
     */
    Page<UsageDay> days(Scope scope, CustomerId customer, UsageFilter filter, Page.Request page);

    /**
     * The last {@value #WEEKS} weeks of customers, seven days each in UTC, the last of which is the tenant's present one.
     *
     * @param customers at most {@value #MOST_CUSTOMERS}
     * @return of each that used anything; whoever is not there, or not within the scope, has nothing
     */
    List<UsageWeeks> weeks(Scope scope, Collection<CustomerId> customers);

    /**
     * The single events, the latest first.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@code invalid} for a meter that is not there
     */
    Page<StoredEvent> events(Scope scope, CustomerId customer, UsageFilter filter, Page.Request page);

    /**
     * How an event's charge came about, computed again from what was kept with it.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}: no such event of the customer, or counted before this was kept
     */
    ExplainedEvent explain(Scope scope, CustomerId customer, UsageEventId event);
}

package org.bursar.customers;

import java.util.Collection;
import java.util.Map;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ConsumerType;

/** Columns of the customer list that another capability owns. One call serves a page; the values are exact at that moment. */
@ConsumerType
public interface CustomerFacts {
    /**
     * The facts of each of these customers: names in camelCase ({@code balance}, {@code messages}), values as JSON shows them.
     * A customer about whom nothing is known has the same names with zero or null.
     */
    Map<CustomerId, Map<String, Object>> facts(Scope scope, Collection<CustomerId> customers);
}

package org.bursar.reporting.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bursar.customers.Customers;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;

/** Customers that are there because they have a name. */
final class NamedCustomers implements Customers {
    final Map<CustomerId, String> names = new HashMap<>();

    @Override
    public Set<CustomerId> existing(Scope scope, Collection<CustomerId> customers) {
        return customers.stream()
                .filter(customer -> scope.sees(customer) && names.containsKey(customer))
                .collect(Collectors.toSet());
    }

    @Override
    public void require(Scope scope, CustomerId customer) {
        if (existing(scope, List.of(customer)).isEmpty()) {
            throw Problems.notFound();
        }
    }

    @Override
    public Map<CustomerId, String> names(Scope scope, Collection<CustomerId> customers) {
        return existing(scope, customers).stream().collect(Collectors.toMap(customer -> customer, names::get));
    }
}

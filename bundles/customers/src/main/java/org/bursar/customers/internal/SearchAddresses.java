package org.bursar.customers.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bursar.customers.internal.sql.CustomerMapper;
import org.bursar.identity.UserSummary;
import org.bursar.identity.Users;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Brings the search's copies of the admins in line with identity. A changed address is told at once; this finds the customers
 * whose first admin became another.
 */
@Component(service = {SearchAddresses.class, RecurringJob.class})
public final class SearchAddresses implements RecurringJob {
    private final TenantDirectory tenants;
    private final Users users;
    private final CustomerDirectory directory;
    private final CustomerMapper mapper;

    @Activate
    public SearchAddresses(
            @Reference TenantDirectory tenants,
            @Reference Users users,
            @Reference CompanyAccounts accounts,
            @Reference CustomerDirectory directory) {
        this.tenants = tenants;
        this.users = users;
        this.directory = directory;
        this.mapper = accounts.mapper();
    }

    @Override
    public String name() {
        return "customer-search-addresses";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        for (TenantId tenant : tenants.all()) {
            Scope scope = Scope.of(tenant, Actor.system(name()));
            directory.eachRow(scope, rows -> copy(scope, rows));
        }
    }

    private void copy(Scope scope, List<CustomerRow> rows) {
        Map<CustomerId, UserSummary> admins =
                users.admins(scope, rows.stream().map(CustomerRow::customerId).toList());
        for (CustomerRow row : rows) {
            UserSummary admin = admins.get(row.customerId());
            UserId id = admin == null ? null : admin.id();
            String address = admin == null ? null : admin.email();
            mapper.copyAdmin(scope.tenant(), row.customerId(), id, address);
        }
    }
}

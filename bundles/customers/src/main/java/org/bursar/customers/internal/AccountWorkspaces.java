package org.bursar.customers.internal;

import java.util.Set;
import org.bursar.customers.internal.sql.CustomerMapper;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.WorkspaceId;
import org.bursar.tenancy.WorkspaceUse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which workspaces customers use. It goes to the table itself: company accounts use tenancy, which asks here. */
@Component(service = WorkspaceUse.class)
public final class AccountWorkspaces implements WorkspaceUse {
    private final Database database;
    private final CustomerMapper mapper;

    @Activate
    public AccountWorkspaces(@Reference Database database) {
        this.database = database;
        this.mapper = database.mapper("customers", CustomerMapper.class);
    }

    /** A deleted customer still counts while it can come back. */
    @Override
    public boolean used(Scope scope, WorkspaceId workspace) {
        return database.transact(scope, () -> mapper.workspaceUsed(scope.tenant(), workspace));
    }

    @Override
    public Set<WorkspaceId> usable(Scope scope) {
        Set<CustomerId> customers = scope.customers().orElse(Set.of());
        return database.transact(
                scope,
                () -> Set.copyOf(mapper.usableWorkspaces(scope.tenant(), CompanyAccounts.customerUuids(customers))));
    }
}

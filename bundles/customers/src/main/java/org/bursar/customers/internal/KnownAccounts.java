package org.bursar.customers.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.customers.CustomersProblems;
import org.bursar.customers.internal.sql.CustomerMapper;
import org.bursar.database.Database;
import org.bursar.identity.EmailChange;
import org.bursar.identity.KnownCustomers;
import org.bursar.identity.SignInRule;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What identity asks of customers and tells them. It goes to the table itself: company accounts use identity, and a service
 * that identity waits for must not wait for identity.
 */
@Component(service = {KnownCustomers.class, SignInRule.class, EmailChange.class})
public final class KnownAccounts implements KnownCustomers, SignInRule, EmailChange {
    private final Database database;
    private final CustomerMapper mapper;

    @Activate
    public KnownAccounts(@Reference Database database) {
        this.database = database;
        this.mapper = database.mapper("customers", CustomerMapper.class);
    }

    @Override
    public boolean exists(Scope scope, CustomerId customer) {
        return database.transact(
                scope,
                () -> !mapper.existing(scope.tenant(), CompanyAccounts.customerUuids(List.of(customer)))
                        .isEmpty());
    }

    @Override
    public Set<CustomerId> subAccounts(Scope scope, CustomerId parent) {
        return database.transact(scope, () -> Set.copyOf(mapper.children(scope.tenant(), parent)));
    }

    /** An inactive or deleted account's users do not sign in; a suspended one's do, to look and to pay. */
    @Override
    public Optional<ProblemCode> refusal(Scope scope, CustomerId customer) {
        Optional<AccountStatus> status = database.transact(scope, () -> mapper.status(scope.tenant(), customer));
        if (status.isEmpty()) {
            return Optional.of(CustomersProblems.ACCOUNT_DELETED);
        }
        return switch (status.get()) {
            case ACTIVE, SUSPENDED -> Optional.empty();
            case INACTIVE -> Optional.of(CustomersProblems.ACCOUNT_INACTIVE);
            case DELETED -> Optional.of(CustomersProblems.ACCOUNT_DELETED);
        };
    }

    /** A suspended account's users sign in, but it gets no further ones. */
    @Override
    public Optional<ProblemCode> refusesNewUsers(Scope scope, CustomerId customer) {
        Optional<AccountStatus> status = database.transact(scope, () -> mapper.status(scope.tenant(), customer));
        return status.filter(AccountStatus.SUSPENDED::equals).isPresent()
                ? Optional.of(CustomersProblems.ACCOUNT_SUSPENDED)
                : refusal(scope, customer);
    }

    /** The search looks at the address of the customer's admin; those of its other users do not matter to it. */
    @Override
    public void changed(Scope scope, CustomerId customer, UserId user, String email) {
        database.run(scope, () -> mapper.adminsAddress(scope.tenant(), customer, user, email));
    }
}

package org.bursar.customers.internal;

import java.util.Optional;
import org.bursar.customers.AccessReason;
import org.bursar.customers.AccessRule;
import org.bursar.customers.CustomersProblems;
import org.bursar.customers.internal.sql.CustomerMapper;
import org.bursar.database.Database;
import org.bursar.identity.SignInRule;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the status of the account means for being served and for signing in. */
@Component(service = {AccessRule.class, SignInRule.class})
public final class AccountRule implements AccessRule, SignInRule {
    private final Database database;
    private final CustomerMapper mapper;

    /** It asks the table itself: identity uses this rule, and company accounts use identity. */
    @Activate
    public AccountRule(@Reference Database database) {
        this.database = database;
        this.mapper = database.mapper("customers", CustomerMapper.class);
    }

    @Override
    public String name() {
        return "account";
    }

    @Override
    public Optional<AccessReason> refusal(Scope scope, CustomerId customer, Optional<UserId> user) {
        return code(status(scope, customer), true).map(code -> new AccessReason(code.code(), code.title() + "."));
    }

    @Override
    public Optional<ProblemCode> refusal(Scope scope, CustomerId customer) {
        return code(status(scope, customer), false);
    }

    private Optional<AccountStatus> status(Scope scope, CustomerId customer) {
        return database.transact(scope, () -> mapper.status(scope.tenant(), customer));
    }

    private static Optional<ProblemCode> code(Optional<AccountStatus> status, boolean served) {
        if (status.isEmpty()) {
            return Optional.of(CustomersProblems.ACCOUNT_DELETED);
        }
        return switch (status.get()) {
            case ACTIVE -> Optional.empty();
            case INACTIVE -> Optional.of(CustomersProblems.ACCOUNT_INACTIVE);
            case SUSPENDED -> served ? Optional.of(CustomersProblems.ACCOUNT_SUSPENDED) : Optional.empty();
            case DELETED -> Optional.of(CustomersProblems.ACCOUNT_DELETED);
        };
    }
}

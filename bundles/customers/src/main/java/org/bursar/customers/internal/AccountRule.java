package org.bursar.customers.internal;

import java.util.Optional;
import java.util.Set;
import org.bursar.customers.AccessReason;
import org.bursar.customers.AccessRule;
import org.bursar.customers.CustomersProblems;
import org.bursar.identity.IdentityProblems;
import org.bursar.identity.Users;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the status of the account, and of the user who asks, means for being served. */
@Component(service = AccessRule.class)
public final class AccountRule implements AccessRule {
    static final String NAME = "account";

    private final CompanyAccounts accounts;
    private final Users users;

    @Activate
    public AccountRule(@Reference CompanyAccounts accounts, @Reference Users users) {
        this.accounts = accounts;
        this.users = users;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<AccessReason> refusal(Scope scope, CustomerId customer, Optional<UserId> user) {
        Optional<ProblemCode> code = accounts.status(scope, customer)
                .map(AccountRule::code)
                .orElse(Optional.of(CustomersProblems.ACCOUNT_DELETED))
                .or(() -> user.flatMap(id -> userRefusal(scope, customer, id)));
        return code.map(refused -> new AccessReason(refused.code(), refused.title() + "."));
    }

    /** A user of the customer's, or of its parent's, which looks after it; anybody else's is as if there were none. */
    private Optional<ProblemCode> userRefusal(Scope scope, CustomerId customer, UserId user) {
        Set<UserId> asked = Set.of(user);
        boolean theirs = users.existing(scope, customer, asked).contains(user)
                || accounts.parent(scope, customer)
                        .map(parent -> users.existing(scope, parent, asked).contains(user))
                        .orElse(false);
        if (!theirs) {
            throw Problems.notFound();
        }
        return users.disabled(scope, asked).contains(user)
                ? Optional.of(IdentityProblems.USER_DISABLED)
                : Optional.empty();
    }

    private static Optional<ProblemCode> code(AccountStatus status) {
        return switch (status) {
            case ACTIVE -> Optional.empty();
            case INACTIVE -> Optional.of(CustomersProblems.ACCOUNT_INACTIVE);
            case SUSPENDED -> Optional.of(CustomersProblems.ACCOUNT_SUSPENDED);
            case DELETED -> Optional.of(CustomersProblems.ACCOUNT_DELETED);
        };
    }
}

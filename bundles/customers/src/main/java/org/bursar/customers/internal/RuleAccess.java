package org.bursar.customers.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.customers.Access;
import org.bursar.customers.AccessReason;
import org.bursar.customers.AccessRule;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.UserId;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Asks the rules that are there; one that must be and is not speaks against serving anybody. */
@Component(service = Access.class, configurationPid = "org.bursar.customers")
public final class RuleAccess implements Access {
    private static final AccessReason SUSPENDED =
            new AccessReason(Problems.TENANT_SUSPENDED.code(), Problems.TENANT_SUSPENDED.title() + '.');

    private final Whiteboard<AccessRule> rules = new Whiteboard<>();
    private final Database database;
    private final CompanyAccounts accounts;
    private final RememberedDecisions remembered;
    private final TenantDirectory tenants;
    private volatile List<String> required;

    @Activate
    public RuleAccess(
            @Reference Database database,
            @Reference CompanyAccounts accounts,
            @Reference RememberedDecisions remembered,
            @Reference TenantDirectory tenants,
            CustomersConfig config) {
        this(database, accounts, remembered, tenants, CustomersSettings.of(config));
    }

    RuleAccess(
            Database database,
            CompanyAccounts accounts,
            RememberedDecisions remembered,
            TenantDirectory tenants,
            CustomersSettings settings) {
        this.database = database;
        this.accounts = accounts;
        this.remembered = remembered;
        this.tenants = tenants;
        this.required = settings.rules();
    }

    /** Whoever asks for access need not start again because other rules must be there. */
    @Modified
    void modified(CustomersConfig config) {
        required = CustomersSettings.of(config).rules();
        remembered.clear();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addRule(ComponentServiceObjects<AccessRule> rule) {
        rules.add(rule);
        remembered.clear();
    }

    void removeRule(ComponentServiceObjects<AccessRule> rule) {
        rules.remove(rule);
        remembered.clear();
    }

    /** A suspended tenant's customers are not served, whatever is remembered of them. */
    @Override
    public Decision decide(Scope scope, CustomerId customer, Optional<UserId> user, Set<String> except) {
        Decision decision = ofCustomer(scope, customer, user, except);
        if (!tenants.suspended(scope.tenant())) {
            return decision;
        }
        List<AccessReason> reasons = new ArrayList<>();
        reasons.add(SUSPENDED);
        reasons.addAll(decision.reasons());
        return new Decision(reasons);
    }

    /** From memory where it is asked of a customer outside of a transaction; what a user may is read each time. */
    private Decision ofCustomer(Scope scope, CustomerId customer, Optional<UserId> user, Set<String> except) {
        if (user.isPresent() || database.inTransaction()) {
            return answers(scope, customer, user, except).except(except);
        }
        if (!scope.sees(customer)) {
            throw Problems.notFound();
        }
        Scope whole = scope.wholeTenant();
        return remembered
                .of(scope.tenant(), customer, () -> answers(whole, customer, user, Set.of()))
                .except(except);
    }

    private RuleAnswers answers(Scope scope, CustomerId customer, Optional<UserId> user, Set<String> except) {
        return database.transact(scope, () -> {
            List<AccessRule> present = rules.present();
            List<RuleAnswers.Against> against = new ArrayList<>();
            for (String name : required) {
                if (!except.contains(name) && present.stream().noneMatch(rule -> name.equals(rule.name()))) {
                    against.add(new RuleAnswers.Against(
                            name, new AccessReason(NOT_READY, "The rule " + name + " is not running.")));
                }
            }
            // a rule that fails ends the question: nobody is served by mistake
            for (AccessRule rule : present) {
                if (!except.contains(rule.name())) {
                    rule.refusal(scope, customer, user)
                            .ifPresent(reason -> against.add(new RuleAnswers.Against(rule.name(), reason)));
                }
            }
            // the rule of the account has seen that it is there, unless it says that it is deleted or was not asked
            boolean seen = !except.contains(AccountRule.NAME)
                    && present.stream().anyMatch(AccountRule.class::isInstance)
                    && against.stream().noneMatch(each -> AccountRule.NAME.equals(each.rule()));
            if (!seen && accounts.status(scope, customer).isEmpty()) {
                throw Problems.notFound();
            }
            return new RuleAnswers(against);
        });
    }
}

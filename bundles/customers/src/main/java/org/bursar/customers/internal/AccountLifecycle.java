package org.bursar.customers.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.customers.AccessMemory;
import org.bursar.customers.CustomersProblems;
import org.bursar.customers.internal.sql.CustomerMapper;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.identity.Users;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

/**
 * The status of company accounts as people change it. Each verb can be repeated: an account that is already there stays as it
 * is, and nothing is recorded twice.
 */
@Component(service = AccountLifecycle.class, configurationPid = "org.bursar.customers")
public final class AccountLifecycle {
    static final String PERSON = "PERSON";
    private static final int LONGEST_REASON = 500;

    private final Database database;
    private final Clock clock;
    private final Users users;
    private final Audit audit;
    private final CompanyAccounts accounts;
    private final AccessMemory access;
    private final CustomerMapper mapper;
    private volatile Duration grace;

    @Activate
    public AccountLifecycle(
            @Reference Database database,
            @Reference Clock clock,
            @Reference Users users,
            @Reference Audit audit,
            @Reference CompanyAccounts accounts,
            @Reference AccessMemory access,
            CustomersConfig config) {
        this(database, clock, users, audit, accounts, access, CustomersSettings.of(config));
    }

    /** Takes another configuration. */
    @Modified
    void configure(CustomersConfig config) {
        grace = CustomersSettings.of(config).grace();
    }

    AccountLifecycle(
            Database database,
            Clock clock,
            Users users,
            Audit audit,
            CompanyAccounts accounts,
            AccessMemory access,
            CustomersSettings settings) {
        this.database = database;
        this.clock = clock;
        this.users = users;
        this.audit = audit;
        this.accounts = accounts;
        this.access = access;
        this.mapper = accounts.mapper();
        this.grace = settings.grace();
    }

    /** What a person can do to an account. */
    public enum Verb {
        /** From inactive, and from deleted while the grace period lasts. */
        ACTIVATE(AccountStatus.ACTIVE),
        /** From active and suspended: nobody signs in any more. */
        DEACTIVATE(AccountStatus.INACTIVE),
        /** From active; a suspension for debt becomes a person's, which only a person lifts. */
        SUSPEND(AccountStatus.SUSPENDED),
        /** From suspended, whoever suspended it. */
        RESUME(AccountStatus.ACTIVE),
        /** From any: the grace period begins. */
        DELETE(AccountStatus.DELETED);

        private final AccountStatus outcome;

        Verb(AccountStatus outcome) {
            this.outcome = outcome;
        }

        private boolean startsFrom(AccountStatus status) {
            return switch (this) {
                case ACTIVATE -> status == AccountStatus.INACTIVE || status == AccountStatus.DELETED;
                case DEACTIVATE -> status == AccountStatus.ACTIVE || status == AccountStatus.SUSPENDED;
                case SUSPEND -> status == AccountStatus.ACTIVE || status == AccountStatus.SUSPENDED;
                case RESUME -> status == AccountStatus.SUSPENDED;
                case DELETE -> status != AccountStatus.DELETED;
            };
        }

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Changes an account's status.
     *
     * @param reason for people, at most 500 characters; null: none
     * @throws ProblemException {@code wrong_status}, {@code not_found}, {@code stale}, {@code invalid} at {@code /reason}
     */
    public void change(Scope scope, CustomerId id, Verb verb, OptionalLong ifMatch, @Nullable String reason) {
        scope.requireWholeTenant();
        Checks checks = new Checks();
        String why = checks.optionalText("/reason", reason, LONGEST_REASON);
        checks.done();
        database.run(scope, () -> {
            CustomerRow row = accounts.locked(scope, id, ifMatch);
            if (alreadyThere(row, verb)) {
                return;
            }
            if (!verb.startsFrom(row.status())) {
                throw new ProblemException(
                        CustomersProblems.WRONG_STATUS,
                        "Cannot " + verb.text() + " an account that is "
                                + row.status().name().toLowerCase(Locale.ROOT) + ".");
            }
            var before = accounts.state(scope, row);
            write(scope, id, verb, why);
            if (verb == Verb.DEACTIVATE || verb == Verb.DELETE) {
                users.endSessions(scope, id);
            }
            audit.record(
                    scope,
                    "customer." + verb.text(),
                    id.toString(),
                    Optional.of(id),
                    before,
                    accounts.state(scope, accounts.get(scope, id)));
        });
    }

    private static boolean alreadyThere(CustomerRow row, Verb verb) {
        return row.status() == verb.outcome && (verb != Verb.SUSPEND || PERSON.equals(row.suspendedBy()));
    }

    private void write(Scope scope, CustomerId id, Verb verb, @Nullable String reason) {
        Instant now = clock.instant();
        boolean deleted = verb == Verb.DELETE;
        mapper.changeStatus(
                scope.tenant(),
                id,
                verb.outcome,
                reason,
                verb == Verb.SUSPEND ? PERSON : null,
                deleted ? now : null,
                deleted ? now.plus(grace) : null,
                now);
        access.changed(scope.tenant(), id);
    }
}

package org.bursar.identity.internal;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bursar.database.Database;
import org.bursar.identity.NewUser;
import org.bursar.identity.UserSummary;
import org.bursar.identity.Users;
import org.bursar.identity.internal.sql.KeyMapper;
import org.bursar.identity.internal.sql.SessionMapper;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Id;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Users as other capabilities need them. */
@Component(service = Users.class)
public final class IdentityUsers implements Users {
    private static final String[] EVERYTHING = {"*"};

    private final Database database;
    private final Clock clock;
    private final NewUsers newUsers;
    private final Links links;
    private final CustomerKeys customerKeys;
    private final CallerCache cache;
    private final AuditLog audit;
    private final UserMapper users;
    private final SessionMapper sessions;
    private final KeyMapper keys;

    @Activate
    public IdentityUsers(
            @Reference Database database,
            @Reference Clock clock,
            @Reference NewUsers newUsers,
            @Reference Links links,
            @Reference CustomerKeys customerKeys,
            @Reference CallerCache cache,
            @Reference AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.newUsers = newUsers;
        this.links = links;
        this.customerKeys = customerKeys;
        this.cache = cache;
        this.audit = audit;
        this.users = database.mapper("identity", UserMapper.class);
        this.sessions = database.mapper("identity", SessionMapper.class);
        this.keys = database.mapper("identity", KeyMapper.class);
    }

    @Override
    public UserId createCustomerAdmin(Scope scope, CustomerId customer, NewUser user) {
        Checks checks = new Checks();
        NewUsers.Person person = person(checks, user);
        checks.done();
        return database.transact(
                scope,
                () -> newUsers.create(
                                scope,
                                person,
                                new NewUsers.Place(
                                        scope.tenant(), customer, Role.CUSTOMER_ADMIN, AccessLevel.FULL, null))
                        .userId());
    }

    @Override
    public UserId createTenantOwner(Scope platform, TenantId tenant, NewUser user) {
        Checks checks = new Checks();
        NewUsers.Person person = person(checks, user);
        checks.done();
        Scope own = Scope.platform(platform.actor());
        return database.transact(own, () -> {
            Optional<UserRow> fresh = newUsers.inserted(own, person, NewUsers.Place.platform(Role.STAFF));
            UserRow row = fresh.or(
                            () -> users.byEmail(Scope.PLATFORM, person.email().key()))
                    .orElseThrow(UserForms::emailTaken);
            users.join(
                    Scope.PLATFORM,
                    tenant,
                    row.userId(),
                    person.firstName(),
                    person.lastName(),
                    EVERYTHING,
                    clock.instant());
            if (fresh.isEmpty() && !newUsers.renewed(own, row, person.password(), person.mustChange())) {
                links.joined(own, row);
            }
            if (fresh.isPresent() || person.password().isPresent()) {
                // a password that the platform gives is not taken away when another tenant adds the same person
                newUsers.vouchFor(row);
            }
            audit.record(
                    own,
                    "membership.create",
                    row.userId().toString(),
                    Optional.empty(),
                    null,
                    Map.of("tenant", tenant, "permissions", EVERYTHING));
            database.afterCommit(() -> cache.dropUser(row.userId()));
            return row.userId();
        });
    }

    private static NewUsers.Person person(Checks checks, NewUser user) {
        return NewUsers.Person.checked(
                checks,
                user.pointer(),
                user.firstName(),
                user.lastName(),
                user.email(),
                user.password(),
                user.mustChange());
    }

    @Override
    public Map<CustomerId, UserSummary> admins(Scope scope, Collection<CustomerId> customers) {
        Map<CustomerId, UserSummary> admins = new HashMap<>();
        if (!customers.isEmpty()) {
            UUID[] ids = customers.stream().map(Id::uuid).toArray(UUID[]::new);
            database.run(
                    scope,
                    () -> users.admins(scope.tenant(), ids)
                            .forEach(row -> admins.put(
                                    row.customerId(), new UserSummary(row.userId(), row.name(), row.email()))));
        }
        return admins;
    }

    @Override
    public Map<UserId, UserSummary> named(Scope scope, Collection<UserId> wanted) {
        return database.transact(scope, () -> audit.people(scope, wanted));
    }

    @Override
    public int count(Scope scope, CustomerId customer) {
        return database.transact(scope, () -> users.count(scope.tenant(), customer));
    }

    @Override
    public int countOfCustomers(Scope scope, int most) {
        return database.transact(scope, () -> users.countOfCustomers(scope.tenant(), most));
    }

    @Override
    public Set<UserId> existing(Scope scope, CustomerId customer, Collection<UserId> wanted) {
        return found(scope, wanted, row -> customer.equals(row.customerId()));
    }

    @Override
    public Set<UserId> disabled(Scope scope, Collection<UserId> wanted) {
        Set<UserId> disabled = new HashSet<>(wanted);
        disabled.removeAll(found(scope, wanted, row -> row.status() == UserStatus.ACTIVE));
        return disabled;
    }

    private Set<UserId> found(Scope scope, Collection<UserId> wanted, Predicate<UserMapper.StateRow> which) {
        if (wanted.isEmpty()) {
            return Set.of();
        }
        UUID[] ids = wanted.stream().map(Id::uuid).toArray(UUID[]::new);
        return database.transact(scope, () -> users.states(scope.tenant(), ids)).stream()
                .filter(which)
                .map(UserMapper.StateRow::userId)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void endSessions(Scope scope, CustomerId customer) {
        database.run(scope, () -> {
            sessions.endOfCustomer(scope.tenant(), customer);
            database.afterCommit(() -> cache.dropCustomer(scope.tenant(), customer));
        });
    }

    @Override
    public void erase(Scope scope, CustomerId customer) {
        Scope whole = scope.wholeTenant();
        database.run(whole, () -> {
            // sessions and links go with the users
            users.deleteOf(whole.tenant(), customer);
            keys.revokeOf(whole.tenant(), customer, clock.instant());
            keys.deleteSetsOf(whole.tenant(), customer);
            customerKeys.destroy(whole.tenant(), customer);
            database.afterCommit(() -> cache.dropCustomer(whole.tenant(), customer));
        });
    }
}

package org.bursar.identity.internal;

import java.util.List;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.identity.IdentityProblems;
import org.bursar.identity.internal.NewUsers.Person;
import org.bursar.identity.internal.NewUsers.Place;
import org.bursar.identity.internal.UserForms.Creation;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.PermissionSetId;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.bursar.rest.Caller;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Users that a caller adds: a customer's admin members of its own customer, a tenant's staff the users of every
 * customer and
 * further staff, a platform admin without a tenant platform admins.
 */
@Component(service = UserCreation.class)
public final class UserCreation {
    private final Database database;
    private final NewUsers newUsers;
    private final Links links;
    private final UserGrants grants;
    private final Memberships memberships;
    private final Neighbours neighbours;
    private final CustomerKeys customerKeys;
    private final UserMapper users;

    @Activate
    public UserCreation(
            @Reference Database database,
            @Reference NewUsers newUsers,
            @Reference Links links,
            @Reference UserGrants grants,
            @Reference Neighbours neighbours,
            @Reference CustomerKeys customerKeys,
            @Reference Memberships memberships) {
        this.database = database;
        this.newUsers = newUsers;
        this.links = links;
        this.grants = grants;
        this.neighbours = neighbours;
        this.customerKeys = customerKeys;
        this.memberships = memberships;
        this.users = database.mapper("identity", UserMapper.class);
    }

    /** Creates a user, within the caller's powers and the plan's seats. */
    public UserId create(Caller caller, @Nullable Creation sent) {
        Creation form = NewUsers.present(sent);
        Scope scope = caller.scope();
        return database.transact(scope, () -> {
            Checks checks = new Checks();
            Person person = Person.checked(
                    checks,
                    "",
                    form.firstName(),
                    form.lastName(),
                    form.email(),
                    Optional.ofNullable(form.password()),
                    true);
            if (caller.tenant().isEmpty()) {
                return platformUser(caller, checks, person, form);
            }
            return form.role() == Role.STAFF
                    ? staffMember(caller, checks, person, form)
                    : customersUser(caller, checks, person, form);
        });
    }

    private UserId platformUser(Caller caller, Checks checks, Person person, Creation form) {
        checks.that(
                form.role() == Role.PLATFORM_ADMIN,
                "/role",
                FieldProblems.OUT_OF_RANGE,
                "platform_admin; name a tenant for its staff and its customers' users");
        checks.that(
                form.customer() == null,
                "/customer",
                FieldProblems.NOT_HERE,
                "a platform admin belongs to no customer");
        checks.done();
        Permissions.requireGrantable(caller, Permissions.ALL);
        UserRow admin = newUsers.create(caller.scope(), person, Place.platform(Role.PLATFORM_ADMIN));
        newUsers.vouchFor(admin);
        return admin.userId();
    }

    private UserId staffMember(Caller caller, Checks checks, Person person, Creation form) {
        if (caller.customers().isPresent()) {
            throw new ProblemException(Problems.FORBIDDEN, "A customer's users cannot add staff.");
        }
        checks.that(form.customer() == null, "/customer", FieldProblems.NOT_HERE, "staff belong to no customer");
        // the address may be somebody else's, who is to work for another tenant one day
        checks.that(
                form.password() == null,
                "/password",
                FieldProblems.NOT_HERE,
                "staff choose theirs by the link of the mail");
        List<String> permissions = Permissions.checked(checks, "/permissions", form.permissions(), false);
        checks.done();
        Permissions.requireGrantable(caller, permissions);
        Scope platform = Scope.platform(caller.actor());
        UserRow user = database.transact(platform, () -> {
            Optional<UserRow> fresh = newUsers.inserted(platform, person, Place.platform(Role.STAFF));
            UserRow row = fresh.or(
                            () -> users.byEmail(Scope.PLATFORM, person.email().key()))
                    .orElseThrow(UserForms::emailTaken);
            if (fresh.isEmpty() && !newUsers.renewed(platform, row, Optional.empty(), false)) {
                links.joined(platform, row);
            }
            return row;
        });
        memberships.join(caller, user, person, permissions);
        return user.userId();
    }

    private UserId customersUser(Caller caller, Checks checks, Person person, Creation form) {
        Scope scope = caller.scope();
        Role role = form.role() == null ? Role.MEMBER : form.role();
        checks.that(
                role != Role.PLATFORM_ADMIN, "/role", FieldProblems.OUT_OF_RANGE, "member, customer_admin or staff");
        CustomerId customer = customer(caller, checks, form.customer());
        AccessLevel access = role == Role.CUSTOMER_ADMIN
                ? AccessLevel.FULL
                : form.access() == null ? AccessLevel.LIMITED : form.access();
        PermissionSetId set = grants.set(scope, checks, access, form.permissionSet(), customer);
        checks.that(
                form.permissions() == null, "/permissions", FieldProblems.NOT_HERE, "use access, or a permission set");
        checks.done();
        UserGrants.requireMayName(caller, role);
        grants.requireGrantable(caller, role, access, set);
        neighbours.refusesNewUsers(scope, customer).ifPresent(code -> {
            throw new ProblemException(code, code.title() + "; it gets no new users.");
        });
        requireSeat(scope, customer);
        return newUsers.create(scope, person, new Place(scope.tenant(), customer, role, access, set))
                .userId();
    }

    /** Whose the user is to be: a customer's admin need not say. */
    private CustomerId customer(Caller caller, Checks checks, @Nullable CustomerId asked) {
        Scope scope = caller.scope();
        CustomerId customer = asked;
        if (customer == null && caller.user().isPresent() && scope.customers().isPresent()) {
            customer = users.get(scope.tenant(), caller.user().get())
                    .map(UserRow::customerId)
                    .orElse(null);
        }
        if (customer == null && scope.customers().filter(all -> all.size() == 1).isPresent()) {
            customer = scope.customers().get().iterator().next();
        }
        if (customer == null) {
            checks.error("/customer", FieldProblems.REQUIRED, "required");
            checks.done();
            throw new IllegalStateException("unreachable");
        }
        CustomerId found = customer;
        boolean there = scope.sees(found)
                && neighbours.customerExists(scope, found).orElseGet(() -> users.count(scope.tenant(), found) > 0);
        checks.that(there, "/customer", FieldProblems.NOT_FOUND, "no such customer");
        return found;
    }

    private void requireSeat(Scope scope, CustomerId customer) {
        customerKeys.lock(scope.tenant(), customer);
        int used = users.count(scope.tenant(), customer);
        neighbours.seats(scope, customer).ifPresent(limit -> {
            if (used >= limit) {
                throw new ProblemException(Problem.of(
                                IdentityProblems.SEAT_LIMIT_REACHED,
                                "The plan allows " + limit + " users, and the customer has " + used + '.')
                        .with("limit", limit));
            }
        });
    }
}

package org.bursar.identity.internal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bursar.database.Database;
import org.bursar.identity.internal.UserForms.Edit;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Page;
import org.bursar.kernel.PermissionSetId;
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
 * The users that a caller manages: a customer's admin its own customer's members, a tenant's staff the users of every
 * customer
 * and the staff, a platform admin without a tenant the platform's users.
 */
@Component(service = UserAccounts.class)
public final class UserAccounts {
    private static final String SORT = "user";

    private final Database database;
    private final Links links;
    private final Sessions sessions;
    private final UserGrants grants;
    private final Memberships memberships;
    private final CallerCache cache;
    private final AuditLog audit;
    private final SecondFactors factors;
    private final UserMapper users;

    @Activate
    public UserAccounts(
            @Reference Database database,
            @Reference Links links,
            @Reference Sessions sessions,
            @Reference UserGrants grants,
            @Reference Memberships memberships,
            @Reference CallerCache cache,
            @Reference AuditLog audit,
            @Reference SecondFactors factors) {
        this.database = database;
        this.links = links;
        this.sessions = sessions;
        this.grants = grants;
        this.memberships = memberships;
        this.cache = cache;
        this.audit = audit;
        this.factors = factors;
        this.users = database.mapper("identity", UserMapper.class);
    }

    /** Newest first; of one customer, or of all that the scope sees, or the tenant's staff. */
    public Page<UserRow> list(Scope scope, Optional<CustomerId> customer, boolean staff, Page.Request page) {
        UUID after = page.after() == null ? null : cursor(page.after());
        int limit = page.limit() + 1;
        if (staff && (scope.customers().isPresent() || scope.tenant().equals(Scope.PLATFORM))) {
            return new Page<>(List.of(), null);
        }
        List<UserRow> rows = staff
                ? database.transact(
                        Scope.platform(scope.actor()),
                        () -> users.members(Scope.PLATFORM, scope.tenant(), after, limit))
                : database.transact(scope, () -> users.list(scope.tenant(), customer.orElse(null), after, limit));
        return Page.of(rows, page, row -> Cursor.encode(SORT, row.userId()));
    }

    private static UUID cursor(String after) {
        try {
            return UserId.fromString(Cursor.decode(SORT, 1, after).get(0)).uuid();
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    /** One user; a member of the staff too. */
    public UserRow get(Scope scope, UserId user) {
        return database.transact(
                scope,
                () -> users.get(scope.tenant(), user)
                        .or(() -> staff(scope, user))
                        .orElseThrow(Problems::notFound));
    }

    private Optional<UserRow> staff(Scope scope, UserId user) {
        if (scope.customers().isPresent() || scope.tenant().equals(Scope.PLATFORM)) {
            return Optional.empty();
        }
        return database.transact(
                Scope.platform(scope.actor()), () -> users.member(Scope.PLATFORM, scope.tenant(), user));
    }

    /** The tenants that a platform user is a member of. */
    public List<String> tenantsOf(UserRow user) {
        if (!user.tenantId().equals(Scope.PLATFORM)) {
            return List.of();
        }
        return database.transact(
                Scope.platform(Actor.system("memberships")),
                () -> users.memberships(Scope.PLATFORM, user.userId()).stream()
                        .map(membership -> membership.memberOf().toString())
                        .toList());
    }

    /** Edits a user. A new e-mail address is asked to confirm itself and counts from then on. */
    public void edit(Caller caller, UserId id, OptionalVersion version, @Nullable Edit sent) {
        Edit form = NewUsers.present(sent);
        Scope scope = caller.scope();
        database.run(scope, () -> {
            UserRow user = locked(caller, id, version);
            Checks checks = new Checks();
            String firstName = NewUsers.line(checks, "/firstName", form.firstName());
            String lastName = NewUsers.line(checks, "/lastName", form.lastName());
            Email email = Email.checked(checks, "/email", form.email());
            Role role = form.role() == null ? user.role() : form.role();
            boolean customers = user.customerId() != null;
            checks.that(
                    role == user.role() || customers && (role == Role.MEMBER || role == Role.CUSTOMER_ADMIN),
                    "/role",
                    FieldProblems.OUT_OF_RANGE,
                    customers ? "member or customer_admin" : "a platform user's role stays");
            AccessLevel access =
                    role != Role.MEMBER ? AccessLevel.FULL : form.access() == null ? user.access() : form.access();
            PermissionSetId set = grants.set(
                    scope,
                    checks,
                    access,
                    access == AccessLevel.CUSTOM ? form.permissionSet() : null,
                    user.customerId());
            checks.done();
            boolean sameAddress = email.text().equals(user.email());
            boolean sameKey = email.key().equals(new Email(user.email()).key());
            UserRow changed = new UserRow(
                    user.tenantId(),
                    user.userId(),
                    user.customerId(),
                    // another case of the same address needs no proof
                    sameKey ? email.text() : user.email(),
                    sameKey ? (sameAddress ? user.pendingEmail() : null) : email.text(),
                    firstName,
                    lastName,
                    role,
                    access,
                    set,
                    user.status(),
                    user.hasPassword(),
                    user.mustChangePassword(),
                    user.lastSeenAt(),
                    user.createdAt(),
                    user.version());
            if (changed.equals(user)) {
                return;
            }
            if (role != user.role()) {
                UserGrants.requireMayName(caller, Role.CUSTOMER_ADMIN);
            }
            if (role != user.role() || access != user.access() || set != null) {
                grants.requireGrantable(caller, role, access, set);
            }
            if (!sameKey) {
                askEmail(scope, user, email);
            }
            store(scope, "user.update", user, changed);
        });
    }

    private void askEmail(Scope scope, UserRow user, Email email) {
        if (users.byEmail(user.tenantId(), email.key()).isPresent()) {
            throw UserForms.emailTaken();
        }
        if (!email.text().equals(user.pendingEmail())) {
            links.emailChange(scope, user, email.text());
        }
    }

    /** Disables or enables a user. */
    public void setStatus(Caller caller, UserId id, UserStatus status) {
        Scope scope = caller.scope();
        database.run(scope, () -> {
            UserRow user = locked(caller, id, OptionalVersion.any());
            if (user.status() != status) {
                requireNotSelf(caller, id);
                boolean off = status == UserStatus.DISABLED;
                store(scope, off ? "user.disable" : "user.enable", user, UserForms.withStatus(user, status));
                if (off && user.customerId() == null) {
                    sessions.endOfUser(user.tenantId(), id, Optional.empty());
                }
            }
        });
    }

    /** Removes a user; its e-mail address is free again. Staff only leave the tenant. */
    public void remove(Caller caller, UserId id, OptionalVersion version) {
        Scope scope = caller.scope();
        database.run(scope, () -> {
            requireNotSelf(caller, id);
            if (users.get(scope.tenant(), id).isEmpty() && staff(scope, id).isPresent()) {
                memberships.leave(caller, id);
            } else {
                UserRow user = locked(caller, id, version);
                if (scope.tenant().equals(Scope.PLATFORM)) {
                    memberships.requireNotLast(id);
                }
                users.delete(scope.tenant(), id);
                audit.record(
                        scope,
                        "user.delete",
                        id.toString(),
                        Optional.ofNullable(user.customerId()),
                        UserForms.state(user),
                        null);
            }
            database.afterCommit(() -> cache.dropUser(id));
        });
    }

    /** Sends the welcome mail again, with a new link. */
    public void welcomeAgain(Caller caller, UserId id) {
        database.run(caller.scope(), () -> {
            UserRow user = locked(caller, id, OptionalVersion.any());
            links.welcome(caller.scope(), user, user.hasPassword());
            audit.record(
                    caller.scope(), "user.welcome", id.toString(), Optional.ofNullable(user.customerId()), null, null);
        });
    }

    /** Asks no code of a user any more. Whoever is signed in as the user by now, with whatever was lost, is so no longer. */
    public void resetSecondFactor(Caller caller, UserId id) {
        database.run(caller.scope(), () -> {
            requireNotSelf(caller, id);
            UserRow user = locked(caller, id, OptionalVersion.any());
            if (factors.remove(caller.scope(), user, "second-factor.reset")) {
                sessions.endOfUser(user.tenantId(), id, Optional.empty());
            }
        });
    }

    private UserRow locked(Caller caller, UserId id, OptionalVersion version) {
        Scope scope = caller.scope();
        UserRow user = users.lock(scope.tenant(), id).orElseGet(() -> {
            if (staff(scope, id).isPresent()) {
                throw forbidden("Staff change their own data; the tenant adds and removes them.");
            }
            throw Problems.notFound();
        });
        version.require(user.version());
        if (caller.user().filter(id::equals).isEmpty()) {
            if (caller.customers().isPresent() && user.role() == Role.CUSTOMER_ADMIN) {
                throw forbidden("Only the tenant changes a customer's admins.");
            }
            // else a weak caller would take over a strong account by its e-mail address
            grants.requireNotStronger(caller, user);
        }
        return user;
    }

    private void store(Scope scope, String action, UserRow before, UserRow after) {
        users.update(after);
        audit.record(
                scope,
                action,
                before.userId().toString(),
                Optional.ofNullable(before.customerId()),
                UserForms.state(before),
                UserForms.state(after));
        database.afterCommit(() -> cache.dropUser(before.userId()));
    }

    private static void requireNotSelf(Caller caller, UserId id) {
        if (caller.user().filter(id::equals).isPresent()) {
            throw forbidden("Nobody disables or removes themselves.");
        }
    }

    private static ProblemException forbidden(String detail) {
        return new ProblemException(Problems.FORBIDDEN, detail);
    }
}

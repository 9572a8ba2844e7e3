package org.bursar.identity.internal;

import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bursar.database.Database;
import org.bursar.identity.IdentityProblems;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.bursar.rest.Caller;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which platform users work in a tenant. Nobody weaker changes a membership, and one with everything always stays. */
@Component(service = Memberships.class)
public final class Memberships {
    private final Database database;
    private final Clock clock;
    private final CallerCache cache;
    private final AuditLog audit;
    private final UserMapper users;

    @Activate
    public Memberships(
            @Reference Database database,
            @Reference Clock clock,
            @Reference CallerCache cache,
            @Reference AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.cache = cache;
        this.audit = audit;
        this.users = database.mapper("identity", UserMapper.class);
    }

    /** Makes a platform user a member of the caller's tenant, or gives a member other permissions. */
    void join(Caller caller, UserRow user, NewUsers.Person person, Collection<String> permissions) {
        Scope scope = caller.scope();
        Permissions.requireGrantable(caller, permissions);
        Optional<Set<String>> before = database.transact(Scope.platform(scope.actor()), () -> {
            Optional<Set<String>> held = changeable(caller, user.userId(), permissions.contains("*"));
            users.join(
                    Scope.PLATFORM,
                    scope.tenant(),
                    user.userId(),
                    person.firstName(),
                    person.lastName(),
                    permissions.toArray(String[]::new),
                    clock.instant());
            return held;
        });
        audit.record(
                scope,
                before.isPresent() ? "membership.update" : "membership.create",
                user.userId().toString(),
                Optional.empty(),
                before.map(Memberships::state).orElse(null),
                state(permissions));
        database.afterCommit(() -> cache.dropUser(user.userId()));
    }

    /** Ends a membership of the caller's tenant. */
    void leave(Caller caller, UserId user) {
        Scope scope = caller.scope();
        Set<String> before = database.transact(Scope.platform(scope.actor()), () -> {
            Set<String> held = changeable(caller, user, false).orElseThrow(Problems::notFound);
            users.leave(Scope.PLATFORM, scope.tenant(), user);
            return held;
        });
        audit.record(scope, "membership.delete", user.toString(), Optional.empty(), state(before), null);
        database.afterCommit(() -> cache.dropUser(user));
    }

    /** What a member has now, if the caller may change it. */
    private Optional<Set<String>> changeable(Caller caller, UserId user, boolean keepsEverything) {
        // locked first and in one order, so that two who remove each other wait, and the second is refused
        var admins = users.lockAdmins(Scope.PLATFORM, caller.scope().tenant());
        Optional<Set<String>> held =
                users.membership(Scope.PLATFORM, caller.scope().tenant(), user).map(Permissions::split);
        held.ifPresent(permissions -> {
            if (caller.user().filter(user::equals).isEmpty()) {
                Permissions.requireNotStronger(caller, permissions);
            }
            if (permissions.contains("*") && !keepsEverything && admins.stream().allMatch(user::equals)) {
                throw lastAdmin("this tenant");
            }
        });
        return held;
    }

    /** Refuses to let a platform user go who alone has all permissions somewhere. */
    void requireNotLast(UserId user) {
        for (UserMapper.MembershipRow held : users.memberships(Scope.PLATFORM, user)) {
            if (Permissions.split(held.permissions()).contains("*")
                    && users.lockAdmins(Scope.PLATFORM, held.memberOf()).equals(List.of(user))) {
                throw lastAdmin("the tenant " + held.memberOf());
            }
        }
    }

    private static ProblemException lastAdmin(String where) {
        return new ProblemException(IdentityProblems.LAST_ADMIN, "Nobody else has all permissions in " + where + '.');
    }

    private static Map<String, Object> state(Collection<String> permissions) {
        return Map.of("permissions", Arrays.asList(permissions.stream().sorted().toArray()));
    }
}

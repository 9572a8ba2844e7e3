package org.bursar.identity.internal;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.database.Database;
import org.bursar.database.DatabaseException;
import org.bursar.identity.IdentityProblems;
import org.bursar.identity.internal.sql.KeyMapper;
import org.bursar.identity.internal.sql.KeyMapper.SetRow;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.PermissionSetId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.rest.Caller;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Named permissions for a customer's members: the tenant's for every customer, or one customer's own. */
@Component(service = PermissionSets.class)
public final class PermissionSets {
    private static final String SORT = "permission-set";

    private final Database database;
    private final Clock clock;
    private final CallerCache cache;
    private final AuditLog audit;
    private final KeyMapper mapper;
    private final UserMapper users;

    @Activate
    public PermissionSets(
            @Reference Database database,
            @Reference Clock clock,
            @Reference CallerCache cache,
            @Reference AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.cache = cache;
        this.audit = audit;
        this.mapper = database.mapper("identity", KeyMapper.class);
        this.users = database.mapper("identity", UserMapper.class);
    }

    /** What is sent to create or edit a set. */
    @Schema(name = "PermissionSetForm")
    public record Form(@Nullable String name, @Nullable List<String> permissions) {
        /** The form that would be sent to leave a set as it is. */
        public static Form of(SetRow row) {
            return new Form(row.name(), List.of(row.permissions().split(" ")));
        }
    }

    /** Creates a set with at most the caller's own permissions. */
    public PermissionSetId create(Caller caller, @Nullable Form sent) {
        Form form = NewUsers.present(sent);
        Scope scope = caller.scope();
        return database.transact(scope, () -> {
            Checks checks = new Checks();
            String name = NewUsers.line(checks, "/name", form.name());
            List<String> permissions = Permissions.checked(checks, "/permissions", form.permissions(), false);
            checks.done();
            Permissions.requireGrantable(caller, permissions);
            CustomerId customer = owner(caller);
            PermissionSetId id = PermissionSetId.next(clock);
            String[] stored = permissions.toArray(String[]::new);
            if (mapper.insertSet(scope.tenant(), id, customer, name, stored, clock.instant()) == 0) {
                throw nameTaken();
            }
            audit.record(
                    scope,
                    "permission-set.create",
                    id.toString(),
                    Optional.ofNullable(customer),
                    null,
                    Map.of("name", name, "permissions", permissions));
            return id;
        });
    }

    private @Nullable CustomerId owner(Caller caller) {
        Scope scope = caller.scope();
        if (scope.customers().isEmpty()) {
            return null;
        }
        return caller.user()
                .flatMap(user -> users.get(scope.tenant(), user))
                .map(user -> user.customerId())
                .orElseGet(() -> scope.customers().get().iterator().next());
    }

    private static ProblemException nameTaken() {
        return new ProblemException(Problems.NAME_TAKEN, "Another permission set has this name.");
    }

    /** Newest first. */
    public Page<SetRow> list(Scope scope, Page.Request page) {
        UUID after = page.after() == null ? null : cursor(page.after());
        return database.transact(
                scope,
                () -> Page.of(
                        mapper.sets(scope.tenant(), after, page.limit() + 1),
                        page,
                        row -> Cursor.encode(SORT, row.permissionSetId())));
    }

    private static UUID cursor(String after) {
        try {
            return PermissionSetId.fromString(Cursor.decode(SORT, 1, after).get(0))
                    .uuid();
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    /** One set. */
    public SetRow get(Scope scope, PermissionSetId id) {
        return database.transact(scope, () -> mapper.set(scope.tenant(), id).orElseThrow(Problems::notFound));
    }

    /** A customer's people read and give the tenant's sets, and change their own alone. */
    private SetRow changeable(Scope scope, PermissionSetId id) {
        SetRow row = mapper.set(scope.tenant(), id).orElseThrow(Problems::notFound);
        if (row.customerId() == null && scope.customers().isPresent()) {
            throw new ProblemException(Problems.FORBIDDEN, "Only the tenant changes its own permission sets.");
        }
        return row;
    }

    /** Edits a set; its users have the new permissions at once on this node. */
    public void edit(Caller caller, PermissionSetId id, OptionalVersion version, @Nullable Form sent) {
        Form form = NewUsers.present(sent);
        Scope scope = caller.scope();
        try {
            database.run(scope, () -> {
                SetRow row = changeable(scope, id);
                version.require(row.version());
                Checks checks = new Checks();
                String name = NewUsers.line(checks, "/name", form.name());
                List<String> permissions = Permissions.checked(checks, "/permissions", form.permissions(), false);
                checks.done();
                Permissions.requireGrantable(caller, permissions);
                String[] stored = permissions.toArray(String[]::new);
                if (mapper.updateSet(scope.tenant(), id, name, stored, row.version()) == 0) {
                    throw new ProblemException(Problems.CONFLICT, "Somebody else changed it meanwhile.");
                }
                audit.record(
                        scope,
                        "permission-set.update",
                        id.toString(),
                        Optional.ofNullable(row.customerId()),
                        Form.of(row),
                        new Form(name, permissions));
                database.afterCommit(() -> cache.dropTenant(scope.tenant()));
            });
        } catch (DatabaseException e) {
            throw e.duplicate("permission_set_name") ? nameTaken() : e;
        }
    }

    /** Deletes a set that nobody has. */
    public void delete(Scope scope, PermissionSetId id, OptionalVersion version) {
        try {
            database.run(scope, () -> {
                SetRow row = changeable(scope, id);
                version.require(row.version());
                if (users.anyoneHas(scope.tenant(), id)) {
                    throw inUse();
                }
                mapper.deleteSet(scope.tenant(), id);
                audit.record(
                        scope,
                        "permission-set.delete",
                        id.toString(),
                        Optional.ofNullable(row.customerId()),
                        Form.of(row),
                        null);
            });
        } catch (DatabaseException e) {
            // somebody was given the set between the question and the deletion
            throw e.constraint().filter("app_user_permission_set"::equals).isPresent() ? inUse() : e;
        }
    }

    private static ProblemException inUse() {
        return new ProblemException(
                IdentityProblems.PERMISSION_SET_IN_USE, IdentityProblems.PERMISSION_SET_IN_USE.title() + '.');
    }
}

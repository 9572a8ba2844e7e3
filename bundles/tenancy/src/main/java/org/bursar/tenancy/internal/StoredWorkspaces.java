package org.bursar.tenancy.internal;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.bursar.database.Database;
import org.bursar.database.DatabaseException;
import org.bursar.identity.Audit;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.Id;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.WorkspaceId;
import org.bursar.tenancy.TenancyProblems;
import org.bursar.tenancy.WorkspaceUse;
import org.bursar.tenancy.Workspaces;
import org.bursar.tenancy.internal.sql.TenantMapper;
import org.bursar.tenancy.internal.sql.TenantMapper.WorkspaceRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Workspaces in the database. */
@Component(service = {Workspaces.class, StoredWorkspaces.class})
public final class StoredWorkspaces implements Workspaces {
    private static final String SORT = "workspace";
    private static final int LONGEST_NAME = 100;

    private final Database database;
    private final Clock clock;
    private final Audit audit;
    private final TenantMapper mapper;

    // upper capabilities come and go while workspaces are served, so this is dynamic and for that a field
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile List<WorkspaceUse> uses = List.of();

    @Activate
    public StoredWorkspaces(@Reference Database database, @Reference Clock clock, @Reference Audit audit) {
        this.database = database;
        this.clock = clock;
        this.audit = audit;
        this.mapper = database.mapper("tenancy", TenantMapper.class);
    }

    /** What is sent to create or edit a workspace. */
    @Schema(name = "WorkspaceForm")
    public record Form(@Nullable String name) {}

    @Override
    public Set<WorkspaceId> existing(Scope scope, Collection<WorkspaceId> workspaces) {
        if (workspaces.isEmpty()) {
            return Set.of();
        }
        return database.transact(scope, () -> {
            UUID[] usable = usable(scope);
            UUID[] ids = workspaces.stream()
                    .map(Id::uuid)
                    .filter(id -> usable == null || List.of(usable).contains(id))
                    .toArray(UUID[]::new);
            return Set.copyOf(mapper.existing(scope.tenant(), ids));
        });
    }

    /** Creates a workspace. */
    public WorkspaceId create(Scope scope, @Nullable Form form) {
        String name = name(form);
        return database.transact(scope, () -> {
            WorkspaceId id = WorkspaceId.next(clock);
            if (mapper.insertWorkspace(scope.tenant(), id, name, clock.instant()) == 0) {
                throw nameTaken();
            }
            audit.record(scope, "workspace.create", id.toString(), Optional.empty(), null, Map.of("name", name));
            return id;
        });
    }

    private static String name(@Nullable Form form) {
        Checks checks = new Checks();
        String name = Names.checked(checks, form == null ? null : form.name(), LONGEST_NAME);
        checks.done();
        return name;
    }

    private static ProblemException nameTaken() {
        return new ProblemException(Problems.NAME_TAKEN, "Another workspace has this name.");
    }

    /** Newest first. */
    public Page<WorkspaceRow> list(Scope scope, Page.Request page) {
        UUID after = page.after() == null ? null : cursor(page.after());
        return database.transact(
                scope,
                () -> Page.of(
                        mapper.workspaces(scope.tenant(), usable(scope), after, page.limit() + 1),
                        page,
                        row -> Cursor.encode(SORT, row.workspaceId())));
    }

    /** A customer's users see the workspaces of their own: the tenant's other businesses are not theirs to know. */
    private UUID @Nullable [] usable(Scope scope) {
        return scope.customers().isEmpty()
                ? null
                : uses.stream()
                        .flatMap(use -> use.usable(scope).stream())
                        .map(Id::uuid)
                        .distinct()
                        .toArray(UUID[]::new);
    }

    private static UUID cursor(String after) {
        try {
            return WorkspaceId.fromString(Cursor.decode(SORT, 1, after).get(0)).uuid();
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    /** One workspace. */
    public WorkspaceRow get(Scope scope, WorkspaceId id) {
        return database.transact(scope, () -> {
            UUID[] usable = usable(scope);
            if (usable != null && !List.of(usable).contains(id.uuid())) {
                throw Problems.notFound();
            }
            return mapper.workspace(scope.tenant(), id).orElseThrow(Problems::notFound);
        });
    }

    /** Renames a workspace. */
    public void edit(Scope scope, WorkspaceId id, OptionalLong version, @Nullable Form form) {
        String name = name(form);
        try {
            database.run(scope, () -> {
                WorkspaceRow before = mapper.lockWorkspace(scope.tenant(), id).orElseThrow(Problems::notFound);
                Versions.require(version, before.version());
                Versions.changed(mapper.renameWorkspace(scope.tenant(), id, name, before.version()));
                audit.record(
                        scope,
                        "workspace.update",
                        id.toString(),
                        Optional.empty(),
                        Map.of("name", before.name()),
                        Map.of("name", name));
            });
        } catch (DatabaseException e) {
            throw e.duplicate("workspace_name") ? nameTaken() : e;
        }
    }

    /** Deletes a workspace that nothing uses. */
    public void delete(Scope scope, WorkspaceId id, OptionalLong version) {
        database.run(scope, () -> {
            // who wants to use it waits here, and then does not find it
            WorkspaceRow row = mapper.lockWorkspace(scope.tenant(), id).orElseThrow(Problems::notFound);
            Versions.require(version, row.version());
            if (uses.stream().anyMatch(use -> use.used(scope, id))) {
                throw new ProblemException(
                        TenancyProblems.WORKSPACE_IN_USE, TenancyProblems.WORKSPACE_IN_USE.title() + '.');
            }
            mapper.deleteWorkspace(scope.tenant(), id);
            audit.record(scope, "workspace.delete", id.toString(), Optional.empty(), Map.of("name", row.name()), null);
        });
    }
}

package org.bursar.identity.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.identity.UserSummary;
import org.bursar.identity.internal.sql.AuditMapper;
import org.bursar.identity.internal.sql.AuditRow;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.kernel.Actor;
import org.bursar.kernel.AuditEntryId;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The audit log in the database: only ever added to. */
@Component(service = {Audit.class, AuditLog.class})
public final class AuditLog implements Audit {
    private static final String SORT = "audit";

    private final Database database;
    private final Clock clock;
    private final CustomerKeys keys;
    private final AuditMapper mapper;
    private final UserMapper users;
    private final AuditJson json = new AuditJson();

    @Activate
    public AuditLog(@Reference Database database, @Reference Clock clock, @Reference CustomerKeys keys) {
        this.database = database;
        this.clock = clock;
        this.keys = keys;
        this.mapper = database.mapper("identity", AuditMapper.class);
        this.users = database.mapper("identity", UserMapper.class);
    }

    @Override
    public void record(
            Scope scope,
            String action,
            String subject,
            Optional<CustomerId> customer,
            @Nullable Object before,
            @Nullable Object after) {
        // the whole tenant: an entry that names no customer is written by a customer's user too
        database.run(scope.wholeTenant(), () -> {
            AuditEntryId id = AuditEntryId.next(clock);
            TenantId tenant = scope.tenant();
            Optional<byte[]> key = customer.flatMap(owner -> keys.ensured(tenant, owner));
            Actor actor = scope.actor();
            mapper.insert(
                    tenant,
                    new AuditRow(
                            id,
                            clock.instant(),
                            actor.kind().name(),
                            actor.id(),
                            // a person's name is looked up when the log is read, so that erasing the person erases it
                            // here
                            actor.kind() == Actor.Kind.USER ? null : actor.name(),
                            action,
                            subject,
                            customer.orElse(null),
                            customer.isPresent() ? null : plain(before),
                            customer.isPresent() ? null : plain(after),
                            key.map(k -> sealed(k, tenant, id, "before", before))
                                    .orElse(null),
                            key.map(k -> sealed(k, tenant, id, "after", after)).orElse(null)));
        });
    }

    private @Nullable String plain(@Nullable Object state) {
        return state == null ? null : json.write(state);
    }

    private @Nullable String sealed(byte[] key, TenantId tenant, AuditEntryId id, String part, @Nullable Object state) {
        return state == null ? null : Sealing.seal(key, place(tenant, id, part), json.write(state));
    }

    private static String place(TenantId tenant, AuditEntryId id, String part) {
        return tenant + "\n" + id + "\n" + part;
    }

    /** Newest first. */
    public Page<AuditEntry> list(
            Scope scope, Optional<String> subject, Optional<CustomerId> customer, Page.Request page) {
        UUID after = page.after() == null ? null : cursor(page.after());
        return database.transact(scope, () -> {
            List<AuditRow> rows =
                    mapper.list(scope.tenant(), subject.orElse(null), customer.orElse(null), after, page.limit() + 1);
            Page<AuditRow> cut = Page.of(rows, page, row -> Cursor.encode(SORT, row.auditEntryId()));
            Map<String, String> names = names(scope, cut.items());
            Map<CustomerId, Optional<byte[]>> opened = new HashMap<>();
            return cut.map(row -> entry(scope.tenant(), row, names, opened));
        });
    }

    private static UUID cursor(String after) {
        try {
            return AuditEntryId.fromString(Cursor.decode(SORT, 1, after).get(0)).uuid();
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    /** One entry. */
    public AuditEntry get(Scope scope, AuditEntryId id) {
        return database.transact(scope, () -> {
            AuditRow row = mapper.get(scope.tenant(), id).orElseThrow(Problems::notFound);
            return entry(scope.tenant(), row, names(scope, List.of(row)), new HashMap<>());
        });
    }

    private Map<String, String> names(Scope scope, List<AuditRow> rows) {
        Set<UserId> ids = new HashSet<>();
        for (AuditRow row : rows) {
            UserId.ofActor(row.actorId()).ifPresent(ids::add);
        }
        Map<String, String> names = new HashMap<>();
        people(scope, ids).forEach((id, user) -> names.put(id.toString(), user.name()));
        return names;
    }

    /**
     * Users are the tenant's own or the platform's; the latter are named to the tenant's whole staff alone. Joins the caller's
     * transaction.
     */
    Map<UserId, UserSummary> people(Scope scope, Collection<UserId> ids) {
        Map<UserId, UserSummary> people = new HashMap<>();
        if (!ids.isEmpty()) {
            UUID[] wanted = ids.stream().map(UserId::uuid).toArray(UUID[]::new);
            users.named(scope.tenant(), wanted).forEach(user -> people.put(user.id(), summary(user)));
            if (scope.customers().isEmpty() && people.size() < Set.copyOf(ids).size()) {
                database.run(
                        Scope.platform(scope.actor()),
                        () -> users.named(Scope.PLATFORM, wanted)
                                .forEach(user -> people.put(user.id(), summary(user))));
            }
        }
        return people;
    }

    private static UserSummary summary(UserMapper.NamedUser user) {
        return new UserSummary(user.id(), user.name(), user.email());
    }

    private AuditEntry entry(
            TenantId tenant, AuditRow row, Map<String, String> names, Map<CustomerId, Optional<byte[]>> opened) {
        CustomerId customer = row.customerId();
        Optional<byte[]> key = customer == null
                ? Optional.empty()
                : opened.computeIfAbsent(customer, owner -> keys.existing(tenant, owner));
        return new AuditEntry(
                row.auditEntryId(),
                row.at(),
                row.actorKind(),
                row.actorId(),
                Optional.ofNullable(row.actorName() == null ? names.get(row.actorId()) : row.actorName()),
                row.action(),
                row.subject(),
                Optional.ofNullable(customer),
                state(tenant, row, "before", row.stateBefore(), row.sealedBefore(), key),
                state(tenant, row, "after", row.stateAfter(), row.sealedAfter(), key),
                customer != null && key.isEmpty());
    }

    private Optional<JsonNode> state(
            TenantId tenant,
            AuditRow row,
            String part,
            @Nullable String plain,
            @Nullable String sealed,
            Optional<byte[]> key) {
        String text = plain;
        if (sealed != null && key.isPresent()) {
            text = Sealing.open(key.get(), place(tenant, row.auditEntryId(), part), sealed);
        }
        return Optional.ofNullable(text).map(json::read);
    }
}

package org.bursar.tenancy.internal;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.identity.NewUser;
import org.bursar.identity.Users;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Money;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.tenancy.TenancyProblems;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.Tenant.Suspension;
import org.bursar.tenancy.Tenants;
import org.bursar.tenancy.internal.sql.ClockMapper;
import org.bursar.tenancy.internal.sql.TenantMapper;
import org.bursar.tenancy.internal.sql.TenantMapper.TenantRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tenants in the database. */
@Component(service = {Tenants.class, StoredTenants.class})
public final class StoredTenants implements Tenants {
    private static final String SORT = "tenant";
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_ZONE = 60;
    private static final int LONGEST_REASON = 500;
    private static final long BELIEVED_NANOS = 1_000_000_000L;
    private static final Set<String> KINDS = Set.of("agency", "reseller", "direct");
    private static final Pattern OWN_UNIT = Pattern.compile("[a-z](-?[a-z]){1,19}");

    private final Database database;
    private final Clock clock;
    private final CachedDirectory directory;
    private final Users users;
    private final Audit audit;
    private final TenantMapper mapper;
    private final ClockMapper clocks;
    private final Map<TenantId, Known> known = new ConcurrentHashMap<>();

    @Activate
    public StoredTenants(
            @Reference Database database,
            @Reference Clock clock,
            @Reference CachedDirectory directory,
            @Reference Users users,
            @Reference Audit audit) {
        this.database = database;
        this.clock = clock;
        this.directory = directory;
        this.users = users;
        this.audit = audit;
        this.mapper = database.mapper("tenancy", TenantMapper.class);
        this.clocks = database.mapper("tenancy", ClockMapper.class);
    }

    private record Known(Tenant tenant, long readNanos) {}

    /** The first user of a tenant's staff; its text shows no password. */
    @Schema(name = "NewTenantOwner")
    public record Owner(
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String email,
            @Nullable String password) {
        @Override
        public String toString() {
            return "Owner[" + email + "]";
        }
    }

    /** A tenant to be created. */
    @Schema(name = "NewTenant")
    public record Creation(
            @Nullable String slug,
            @Nullable String name,
            @Nullable String kind,
            @Nullable String unit,
            @Nullable String timeZone,
            @Nullable Owner owner,
            @Nullable Boolean sandbox) {}

    /** What can be edited: slug and unit stay, since hosts and wallets are made of them. */
    @Schema(name = "TenantEdit")
    public record Edit(
            @Nullable String name,
            @Nullable String kind,
            @Nullable String timeZone) {
        /** The form that would be sent to leave a tenant as it is. */
        public static Edit of(Tenant tenant) {
            return new Edit(tenant.name(), tenant.kind(), tenant.timeZone().getId());
        }
    }

    @Override
    public Tenant own(Scope scope) {
        long nanos = System.nanoTime();
        Known recent = known.get(scope.tenant());
        if (recent != null && nanos - recent.readNanos() < BELIEVED_NANOS) {
            return recent.tenant();
        }
        Tenant tenant = get(scope, scope.tenant());
        known.put(scope.tenant(), new Known(tenant, nanos));
        return tenant;
    }

    /** One tenant, as it is stored now. */
    public Tenant get(Scope scope, TenantId id) {
        return database.transact(
                Scope.of(id, scope.actor()),
                () -> mapper.get(id).map(StoredTenants::tenant).orElseThrow(Problems::notFound));
    }

    private static Tenant tenant(TenantRow row) {
        return new Tenant(
                row.tenantId(),
                row.slug(),
                row.name(),
                row.kind(),
                row.unit(),
                ZoneId.of(row.timeZone()),
                row.createdAt(),
                row.version(),
                row.sandbox(),
                Optional.ofNullable(row.suspendedAt())
                        .map(since -> new Suspension(since, Optional.ofNullable(row.suspendedReason()))));
    }

    /** Newest first. Each tenant's row is read as that tenant: not even the platform sees two at once. */
    public Page<Tenant> list(Scope scope, Page.Request page) {
        UUID after = page.after() == null ? null : cursor(page.after());
        return database.transact(Scope.platform(scope.actor()), () -> {
            Page<TenantId> ids = Page.of(mapper.page(after, page.limit() + 1), page, id -> Cursor.encode(SORT, id));
            List<Tenant> tenants = new ArrayList<>();
            for (TenantId id : ids.items()) {
                tenants.add(get(scope, id));
            }
            return new Page<>(tenants, ids.next());
        });
    }

    private static UUID cursor(String after) {
        try {
            return TenantId.fromString(Cursor.decode(SORT, 1, after).get(0)).uuid();
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    /** Creates a tenant with its owner, or neither. */
    public TenantId create(Scope scope, @Nullable Creation sent) {
        Creation form = sent == null ? new Creation(null, null, null, null, null, null, null) : sent;
        Checks checks = new Checks();
        String slug = Slugs.checked(checks, "/slug", form.slug());
        String name = Names.checked(checks, form.name(), LONGEST_NAME);
        String kind = kind(checks, form.kind());
        String unit = unit(checks, form.unit());
        ZoneId zone = zone(checks, form.timeZone());
        Owner owner = checks.present("/owner", form.owner());
        checks.done();
        Scope platform = Scope.platform(scope.actor());
        return database.transact(platform, () -> {
            TenantId id = TenantId.next(clock);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            boolean sandbox = Boolean.TRUE.equals(form.sandbox());
            if (mapper.announce(CachedDirectory.SLUG, slug, id) == 0) {
                throw new ProblemException(TenancyProblems.SLUG_TAKEN, "Another tenant has the slug " + slug + '.');
            }
            TenantRow row = new TenantRow(id, slug, name, kind, unit, zone.getId(), now, 1, sandbox, null, null);
            Scope own = Scope.of(id, scope.actor());
            database.run(own, () -> {
                mapper.insert(row);
                mapper.insertBrand(id, name);
                if (sandbox) {
                    clocks.insert(id, now);
                }
                audit.record(own, "tenant.create", id.toString(), Optional.empty(), null, state(row));
            });
            audit.record(platform, "tenant.create", id.toString(), Optional.empty(), null, state(row));
            users.createTenantOwner(platform, id, newUser(owner));
            directory.changed();
            return id;
        });
    }

    private static NewUser newUser(@Nullable Owner owner) {
        Owner given = owner == null ? new Owner(null, null, null, null) : owner;
        return new NewUser(
                "/owner",
                text(given.firstName()),
                text(given.lastName()),
                text(given.email()),
                Optional.ofNullable(given.password()).filter(password -> !password.isEmpty()),
                false);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static Map<String, Object> state(TenantRow row) {
        return Map.of(
                "slug",
                row.slug(),
                "name",
                row.name(),
                "kind",
                row.kind(),
                "unit",
                row.unit(),
                "timeZone",
                row.timeZone(),
                "sandbox",
                row.sandbox());
    }

    private static String kind(Checks checks, @Nullable String kind) {
        checks.that(
                kind != null && KINDS.contains(kind),
                "/kind",
                FieldProblems.OUT_OF_RANGE,
                "agency, reseller or direct");
        return text(kind);
    }

    private static String unit(Checks checks, @Nullable String unit) {
        boolean right = unit != null && (OWN_UNIT.matcher(unit).matches() || currency(unit));
        checks.that(
                right,
                "/unit",
                TenancyProblems.INVALID_UNIT,
                "an ISO 4217 currency such as USD, or the tenant's own unit in lower case, such as credits");
        return text(unit);
    }

    private static boolean currency(String unit) {
        try {
            return Money.digits(unit) >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ZoneId zone(Checks checks, @Nullable String zone) {
        if (zone == null || zone.isBlank()) {
            return ZoneId.of("UTC");
        }
        try {
            if (zone.length() <= LONGEST_ZONE && ZoneId.getAvailableZoneIds().contains(zone)) {
                return ZoneId.of(zone);
            }
        } catch (DateTimeException e) {
            // said below
        }
        checks.error("/timeZone", TenancyProblems.INVALID_TIME_ZONE, "a time zone such as America/Los_Angeles");
        return ZoneId.of("UTC");
    }

    /** Edits a tenant. */
    public void edit(Scope scope, TenantId id, OptionalLong version, Edit form) {
        Checks checks = new Checks();
        String name = Names.checked(checks, form.name(), LONGEST_NAME);
        String kind = kind(checks, form.kind());
        ZoneId zone = zone(checks, form.timeZone());
        checks.done();
        Scope own = Scope.of(id, scope.actor());
        database.run(own, () -> {
            TenantRow before = mapper.get(id).orElseThrow(Problems::notFound);
            Versions.require(version, before.version());
            Versions.changed(mapper.update(id, name, kind, zone.getId(), before.version()));
            TenantRow after = mapper.get(id).orElseThrow(Problems::notFound);
            audit.record(own, "tenant.update", id.toString(), Optional.empty(), state(before), state(after));
            database.afterCommit(() -> known.remove(id));
        });
    }

    /**
     * Suspends a tenant, or resumes it. One that is there already stays as it is, and nothing is recorded twice.
     *
     * @param reason for people, at most 500 characters; null: none. Of a resumption it is in the audit log alone
     * @throws ProblemException {@code not_found}, {@code stale}, {@code invalid} at {@code /reason}
     */
    public void setSuspended(
            Scope scope, TenantId id, boolean suspended, OptionalLong version, @Nullable String reason) {
        Checks checks = new Checks();
        String why = checks.optionalText("/reason", reason, LONGEST_REASON);
        checks.done();
        Scope own = Scope.of(id, scope.actor());
        database.run(own, () -> {
            TenantRow before = mapper.get(id).orElseThrow(Problems::notFound);
            Versions.require(version, before.version());
            if (suspended == (before.suspendedAt() != null)) {
                return;
            }
            Instant since = suspended ? clock.instant().truncatedTo(ChronoUnit.MICROS) : null;
            Versions.changed(mapper.setSuspended(id, since, suspended ? why : null, before.version()));
            String action = suspended ? "tenant.suspend" : "tenant.resume";
            Map<String, Object> was = standing(before.suspendedAt() != null, before.suspendedReason());
            Map<String, Object> is = standing(suspended, why);
            audit.record(own, action, id.toString(), Optional.empty(), was, is);
            Scope platform = Scope.platform(scope.actor());
            database.run(platform, () -> audit.record(platform, action, id.toString(), Optional.empty(), was, is));
            database.afterCommit(() -> known.remove(id));
            directory.changed();
        });
    }

    private static Map<String, Object> standing(boolean suspended, @Nullable String reason) {
        String status = suspended ? "suspended" : "active";
        return reason == null ? Map.of("status", status) : Map.of("status", status, "reason", reason);
    }
}

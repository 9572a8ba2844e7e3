package org.bursar.tenancy.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;
import org.bursar.tenancy.internal.sql.ClockMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whose time is the wall's and whose lies in {@code tenancy.clock}. It asks for nothing but the database and the time, so that
 * everybody may ask for it.
 */
@Component(service = TenantClocks.class)
public final class StoredClocks implements TenantClocks {
    private static final Actor READER = Actor.system("clock");

    private final Database database;
    private final Clock wall;
    private final ClockMapper mapper;

    /** Whether a tenant is a sandbox never changes; one that does not exist is not remembered. */
    private final Map<TenantId, Boolean> known = new ConcurrentHashMap<>(Map.of(Scope.PLATFORM, false));

    @Activate
    public StoredClocks(@Reference Database database, @Reference Clock wall) {
        this.database = database;
        this.wall = wall;
        this.mapper = database.mapper("tenancy", ClockMapper.class);
    }

    @Override
    public Clock wall() {
        return wall;
    }

    @Override
    public Clock of(TenantId tenant) {
        return sandbox(tenant) ? new OwnClock(tenant, ZoneOffset.UTC) : wall;
    }

    @Override
    public boolean sandbox(TenantId tenant) {
        Boolean remembered = known.get(tenant);
        if (remembered != null) {
            return remembered;
        }
        Optional<Boolean> stored = database.transact(Scope.of(tenant, READER), () -> mapper.sandbox(tenant));
        stored.ifPresent(sandbox -> known.put(tenant, sandbox));
        return stored.orElse(false);
    }

    private Instant read(TenantId tenant) {
        return database.transact(Scope.of(tenant, READER), () -> mapper.read(tenant))
                .orElseThrow(() -> new IllegalStateException("a sandbox without its clock: " + tenant));
    }

    /** Reads the row each time: two nodes never disagree about it. */
    private final class OwnClock extends Clock {
        private final TenantId tenant;
        private final ZoneId zone;

        OwnClock(TenantId tenant, ZoneId zone) {
            this.tenant = tenant;
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new OwnClock(tenant, other);
        }

        @Override
        public Instant instant() {
            return read(tenant);
        }
    }
}

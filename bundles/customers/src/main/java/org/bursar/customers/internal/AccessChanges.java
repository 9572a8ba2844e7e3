package org.bursar.customers.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.bursar.customers.AccessMemory;
import org.bursar.customers.internal.sql.AccessChangeMapper;
import org.bursar.customers.internal.sql.AccessChangeMapper.Change;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every node what one of them changed. A change is a row of its own transaction; each node asks four times a second for the
 * rows of transactions that had not ended when it asked before. The order of commits is none of ids or times, so what is asked for
 * is bounded by the oldest transaction that still ran.
 */
@Component(service = AccessMemory.class)
public final class AccessChanges implements AccessMemory {
    private static final Logger LOG = LoggerFactory.getLogger(AccessChanges.class);

    /** Memory is believed for as long as this node has listened within the last 800 ms. */
    private static final long PAUSE_MILLIS = 250;

    private static final Duration KEPT = Duration.ofMinutes(2);
    private static final int TURNS_BETWEEN_CLEANUPS = 240;

    private final Database database;
    private final Clock clock;
    private final RememberedDecisions remembered;
    private final AccessChangeMapper sql;
    private final UUID node = UUID.randomUUID();
    private final ScheduledExecutorService listener = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "access-changes");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> listening;
    private Set<UUID> heard = Set.of();
    private long from;
    private int turns;

    @Activate
    public AccessChanges(
            @Reference Database database, @Reference Clock clock, @Reference RememberedDecisions remembered) {
        this.database = database;
        this.clock = clock;
        this.remembered = remembered;
        sql = database.mapper("customers", AccessChangeMapper.class);
        listening = listener.scheduleWithFixedDelay(this::turn, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void stop() {
        listening.cancel(true);
        listener.shutdownNow();
    }

    @Override
    public void changed(TenantId tenant, CustomerId customer) {
        tell(tenant, customer, false);
    }

    @Override
    public void improved(TenantId tenant, CustomerId customer) {
        tell(tenant, customer, true);
    }

    private void tell(TenantId tenant, CustomerId customer, boolean onlyRefusals) {
        database.withoutTenant(
                () -> sql.insert(tenant, UUID.randomUUID(), customer, onlyRefusals, node, clock.instant()));
        database.afterCommit(() -> remembered.forget(tenant, customer, onlyRefusals));
    }

    /** While PostgreSQL is away nothing is heard, so nothing that is remembered is believed. */
    private void turn() {
        try {
            listen();
            turns++;
            if (turns % TURNS_BETWEEN_CLEANUPS == 0) {
                database.withoutTenant(() -> sql.forget(clock.instant().minus(KEPT)));
            }
        } catch (RuntimeException e) {
            LOG.debug("changes of access were not heard", e);
        }
    }

    /** Hears what was changed elsewhere up to now. */
    synchronized void listen() {
        long began = remembered.now();
        long oldest = database.withoutTenant(sql::oldestRunning);
        long since = from == 0 ? oldest : from;
        List<Change> changes = database.withoutTenant(() -> sql.since(since, node));
        Set<UUID> now = new HashSet<>();
        for (Change change : changes) {
            now.add(change.changeId());
            if (!heard.contains(change.changeId())) {
                remembered.forget(change.tenant(), change.customer(), change.onlyRefusals());
            }
        }
        heard = now;
        from = oldest;
        remembered.heard(began);
    }
}

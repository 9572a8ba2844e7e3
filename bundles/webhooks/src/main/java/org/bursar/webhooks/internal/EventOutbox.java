package org.bursar.webhooks.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.bursar.database.Database;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.TypeId;
import org.bursar.kernel.WebhookDeliveryId;
import org.bursar.kernel.WebhookEndpointId;
import org.bursar.webhooks.Announcement;
import org.bursar.webhooks.Announcements;
import org.bursar.webhooks.EventTypes;
import org.bursar.webhooks.internal.sql.EndpointRow;
import org.bursar.webhooks.internal.sql.WebhookMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stores events with what they are about; what this node wrote is sent within a second. */
@Component(service = {Announcements.class, EventOutbox.class})
public final class EventOutbox implements Announcements {
    private final Database database;
    private final Clock clock;
    private final WebhookMapper mapper;
    private final Set<TenantId> waiting = ConcurrentHashMap.newKeySet();

    @Activate
    public EventOutbox(@Reference Database database, @Reference Clock clock) {
        this.database = database;
        this.clock = clock;
        mapper = database.mapper("webhooks", WebhookMapper.class);
    }

    @Override
    public void put(Scope scope, Announcement announcement) {
        // a customer's own caller may cause it; whom it is told is the tenant's
        database.run(scope.wholeTenant(), () -> {
            List<WebhookEndpointId> endpoints = endpoints(scope.tenant(), announcement.type());
            if (!endpoints.isEmpty()) {
                store(scope.tenant(), announcement, endpoints);
            }
        });
    }

    @Override
    public boolean wanted(Scope scope, String type) {
        return database.transact(
                scope.wholeTenant(), () -> !endpoints(scope.tenant(), type).isEmpty());
    }

    private List<WebhookEndpointId> endpoints(TenantId tenant, String type) {
        return mapper.enabled(tenant).stream()
                .filter(row -> row.patterns().stream().anyMatch(pattern -> EventTypes.covers(pattern, type)))
                .map(EndpointRow::endpointId)
                .toList();
    }

    /** Stores an event for these addresses; answers the last delivery. */
    WebhookDeliveryId store(TenantId tenant, Announcement announcement, List<WebhookEndpointId> endpoints) {
        Instant now = clock.instant();
        UUID event = TypeId.next(clock);
        mapper.event(
                tenant,
                event,
                announcement.type(),
                announcement.customer().orElse(null),
                Payloads.of(announcement, now),
                now);
        WebhookDeliveryId last = WebhookDeliveryId.next(clock);
        for (WebhookEndpointId endpoint : endpoints) {
            last = WebhookDeliveryId.next(clock);
            mapper.deliver(tenant, last, endpoint, event, now);
        }
        database.afterCommit(() -> waiting.add(tenant));
        return last;
    }

    /** There may be something to send for this tenant. */
    void again(TenantId tenant) {
        waiting.add(tenant);
    }

    /** Tenants for which something was written here since the last time. */
    List<TenantId> takeWaiting() {
        List<TenantId> taken = List.copyOf(waiting);
        taken.forEach(waiting::remove);
        return taken;
    }
}

package org.bursar.webhooks.internal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.identity.Audit;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.WebhookDeliveryId;
import org.bursar.kernel.WebhookEndpointId;
import org.bursar.webhooks.Announcement;
import org.bursar.webhooks.DeliveryStatus;
import org.bursar.webhooks.EndpointDraft;
import org.bursar.webhooks.EndpointStatus;
import org.bursar.webhooks.WebhookDelivery;
import org.bursar.webhooks.WebhookEndpoint;
import org.bursar.webhooks.Webhooks;
import org.bursar.webhooks.WebhooksProblems;
import org.bursar.webhooks.internal.sql.DeliveryRow;
import org.bursar.webhooks.internal.sql.EndpointRow;
import org.bursar.webhooks.internal.sql.WebhookMapper;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Addresses and deliveries over the database; secrets are sealed for the tenant. */
@Component(service = Webhooks.class)
public final class StoredWebhooks implements Webhooks {
    private static final String OLDEST_FIRST = "endpoint";
    private static final String NEWEST_FIRST = "-delivery";
    private static final Duration PREVIOUS_SIGNS_FOR = Duration.ofDays(1);

    private final Database database;
    private final Secrets secrets;
    private final Audit audit;
    private final EventOutbox outbox;
    private final WebhooksSettings settings;
    private final Clock clock;
    private final WebhookMapper mapper;

    @Activate
    public StoredWebhooks(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference Audit audit,
            @Reference EventOutbox outbox,
            @Reference WebhooksSettings settings,
            @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.audit = audit;
        this.outbox = outbox;
        this.settings = settings;
        this.clock = clock;
        mapper = database.mapper("webhooks", WebhookMapper.class);
    }

    @Override
    public Created create(Scope scope, EndpointDraft draft) {
        scope.requireWholeTenant();
        EndpointForms form = EndpointForms.checked(draft, settings.loopback());
        return database.transact(scope, () -> {
            mapper.oneAtATime(scope.tenant());
            if (mapper.count(scope.tenant()) >= MOST_ENDPOINTS) {
                throw new ProblemException(
                        WebhooksProblems.TOO_MANY_ENDPOINTS, WebhooksProblems.TOO_MANY_ENDPOINTS.cure());
            }
            WebhookEndpointId id = WebhookEndpointId.next(clock);
            String secret = Signatures.secret();
            mapper.insert(
                    scope.tenant(),
                    id,
                    form.url(),
                    form.description(),
                    form.events(),
                    form.email(),
                    form.enabled() ? EndpointStatus.ENABLED : EndpointStatus.DISABLED,
                    sealed(scope, secret),
                    scope.actor().id(),
                    clock.instant());
            record(scope, "webhook-endpoint.create", id, null, row(scope, id));
            return new Created(id, secret);
        });
    }

    private byte[] sealed(Scope scope, String secret) {
        return secrets.seal(scope.tenant(), DeliveryAttempt.SECRET, secret.getBytes(StandardCharsets.US_ASCII));
    }

    private EndpointRow row(Scope scope, WebhookEndpointId id) {
        return mapper.find(scope.tenant(), id).orElseThrow(Problems::notFound);
    }

    private void record(
            Scope scope,
            String action,
            WebhookEndpointId id,
            @Nullable EndpointRow before,
            @Nullable EndpointRow after) {
        audit.record(
                scope,
                action,
                id.toString(),
                Optional.empty(),
                before == null ? null : shown(before),
                after == null ? null : shown(after));
    }

    private static Map<String, Object> shown(EndpointRow row) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("url", row.url());
        shown.put("events", row.events());
        shown.put("status", row.status());
        return shown;
    }

    @Override
    public WebhookEndpoint get(Scope scope, WebhookEndpointId id) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> row(scope, id).endpoint());
    }

    @Override
    public Page<WebhookEndpoint> list(Scope scope, Page.Request page) {
        scope.requireWholeTenant();
        String cursor = page.after();
        WebhookEndpointId after = cursor == null
                ? null
                : id(
                        WebhookEndpointId::fromString,
                        Cursor.decode(OLDEST_FIRST, 1, cursor).get(0));
        List<EndpointRow> rows = database.transact(scope, () -> mapper.page(scope.tenant(), after, page.limit() + 1));
        return Page.of(rows, page, row -> Cursor.encode(OLDEST_FIRST, row.endpointId()))
                .map(EndpointRow::endpoint);
    }

    private static <T> T id(Function<String, T> read, String text) {
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    private EndpointRow lock(Scope scope, WebhookEndpointId id, OptionalLong version) {
        EndpointRow row = mapper.lock(scope.tenant(), id).orElseThrow(Problems::notFound);
        if (version.isPresent() && version.getAsLong() != row.version()) {
            throw new ProblemException(Problems.STALE, "The endpoint was changed since you read it.");
        }
        return row;
    }

    @Override
    public WebhookEndpoint update(Scope scope, WebhookEndpointId id, EndpointDraft draft, OptionalLong version) {
        scope.requireWholeTenant();
        EndpointForms form = EndpointForms.checked(draft, settings.loopback());
        return database.transact(scope, () -> {
            EndpointRow before = lock(scope, id, version);
            EndpointStatus status = form.enabled()
                    ? EndpointStatus.ENABLED
                    : before.status() == EndpointStatus.FAILED ? EndpointStatus.FAILED : EndpointStatus.DISABLED;
            boolean fresh = status == EndpointStatus.ENABLED
                    && (before.status() != EndpointStatus.ENABLED
                            || !before.url().equals(form.url()));
            mapper.update(
                    scope.tenant(),
                    id,
                    form.url(),
                    form.description(),
                    form.events(),
                    form.email(),
                    status,
                    fresh,
                    clock.instant());
            EndpointRow after = row(scope, id);
            record(scope, "webhook-endpoint.update", id, before, after);
            database.afterCommit(() -> outbox.again(scope.tenant()));
            return after.endpoint();
        });
    }

    @Override
    public void delete(Scope scope, WebhookEndpointId id, OptionalLong version) {
        scope.requireWholeTenant();
        database.run(scope, () -> {
            EndpointRow before = lock(scope, id, version);
            mapper.delete(scope.tenant(), id);
            record(scope, "webhook-endpoint.delete", id, before, null);
        });
    }

    @Override
    public Created rotate(Scope scope, WebhookEndpointId id) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            EndpointRow before = lock(scope, id, OptionalLong.empty());
            String secret = Signatures.secret();
            Instant now = clock.instant();
            mapper.rotate(scope.tenant(), id, sealed(scope, secret), now.plus(PREVIOUS_SIGNS_FOR), now);
            record(scope, "webhook-endpoint.rotate-secret", id, before, before);
            return new Created(id, secret);
        });
    }

    @Override
    public WebhookDeliveryId test(Scope scope, WebhookEndpointId id) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            EndpointRow row = lock(scope, id, OptionalLong.empty());
            requireEnabled(row);
            Announcement announcement =
                    new Announcement("webhook.test", Optional.empty(), Map.of("endpoint", id.toString()));
            WebhookDeliveryId delivery = outbox.store(scope.tenant(), announcement, List.of(id));
            record(scope, "webhook-endpoint.test", id, null, row);
            return delivery;
        });
    }

    private static void requireEnabled(EndpointRow row) {
        if (row.status() != EndpointStatus.ENABLED) {
            throw new ProblemException(WebhooksProblems.ENDPOINT_DISABLED, WebhooksProblems.ENDPOINT_DISABLED.cure());
        }
    }

    @Override
    public Page<WebhookDelivery> deliveries(
            Scope scope, Optional<WebhookEndpointId> endpoint, Optional<DeliveryStatus> status, Page.Request page) {
        scope.requireWholeTenant();
        String cursor = page.after();
        WebhookDeliveryId before = cursor == null
                ? null
                : id(
                        WebhookDeliveryId::fromString,
                        Cursor.decode(NEWEST_FIRST, 1, cursor).get(0));
        List<DeliveryRow> rows = database.transact(
                scope,
                () -> mapper.deliveries(
                        scope.tenant(), endpoint.orElse(null), status.orElse(null), before, page.limit() + 1));
        return Page.of(rows, page, row -> Cursor.encode(NEWEST_FIRST, row.deliveryId()))
                .map(DeliveryRow::delivery);
    }

    @Override
    public WebhookDelivery delivery(Scope scope, WebhookDeliveryId id) {
        scope.requireWholeTenant();
        return database.transact(
                scope,
                () -> mapper.delivery(scope.tenant(), id)
                        .map(DeliveryRow::delivery)
                        .orElseThrow(Problems::notFound));
    }

    @Override
    public String payload(Scope scope, WebhookDeliveryId id) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> mapper.payload(scope.tenant(), id).orElseThrow(Problems::notFound));
    }

    @Override
    public WebhookDelivery replay(Scope scope, WebhookDeliveryId id) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            DeliveryRow row = mapper.delivery(scope.tenant(), id).orElseThrow(Problems::notFound);
            requireEnabled(lock(scope, row.endpointId(), OptionalLong.empty()));
            mapper.replay(scope.tenant(), id, clock.instant());
            audit.record(
                    scope,
                    "webhook-delivery.replay",
                    id.toString(),
                    Optional.empty(),
                    Map.of("status", row.status()),
                    Map.of("status", DeliveryStatus.QUEUED));
            database.afterCommit(() -> outbox.again(scope.tenant()));
            return delivery(scope, id);
        });
    }
}

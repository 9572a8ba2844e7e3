package org.bursar.webhooks.internal;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.identity.Audit;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.WebhookEndpointId;
import org.bursar.mail.Mail;
import org.bursar.mail.Outbox;
import org.bursar.webhooks.DeliveryStatus;
import org.bursar.webhooks.internal.sql.DeliveryRow;
import org.bursar.webhooks.internal.sql.DueRow;
import org.bursar.webhooks.internal.sql.EndpointRow;
import org.bursar.webhooks.internal.sql.WebhookMapper;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * One attempt: takes a delivery in a transaction, sends it outside any, and writes down in another what came of it. When the
 * platform dies in between it goes again after its lease: twice, with the same {@code webhook-id}, but never not at all.
 */
@Component(service = DeliveryAttempt.class)
public final class DeliveryAttempt {
    static final String SECRET = "webhook-secret";

    /** Longer than the longest patience, the look-up of a name included. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final int GONE = 410;

    private final Database database;
    private final Secrets secrets;
    private final Audit audit;
    private final Outbox mails;
    private final WebhooksSettings settings;
    private final Clock clock;
    private final WebhookMapper mapper;
    private final CheckedPost post;

    @Activate
    public DeliveryAttempt(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference Audit audit,
            @Reference Outbox mails,
            @Reference WebhooksSettings settings,
            @Reference Clock clock) {
        this(database, secrets, audit, mails, settings, clock, CheckedPost.usual());
    }

    DeliveryAttempt(
            Database database,
            Secrets secrets,
            Audit audit,
            Outbox mails,
            WebhooksSettings settings,
            Clock clock,
            CheckedPost post) {
        this.database = database;
        this.secrets = secrets;
        this.audit = audit;
        this.mails = mails;
        this.settings = settings;
        this.clock = clock;
        this.post = post;
        mapper = database.mapper("webhooks", WebhookMapper.class);
    }

    @Deactivate
    void close() {
        post.close();
    }

    WebhookMapper mapper() {
        return mapper;
    }

    /** What came of it. */
    private record Answer(
            @Nullable Integer status, @Nullable String failure) {
        boolean arrived() {
            return failure == null;
        }
    }

    /** Sends what is due the longest; answers whether it arrived, and nothing when there was none. */
    Optional<Boolean> next(Scope scope, WebhookEndpointId endpoint) {
        Instant now = clock.instant();
        Optional<DueRow> leased =
                database.transact(scope, () -> mapper.lease(scope.tenant(), endpoint, now, now.plus(LEASE)));
        return leased.map(due -> {
            Answer answer = send(scope.tenant(), due);
            database.run(scope, () -> conclude(scope, endpoint, due, answer));
            return answer.arrived();
        });
    }

    private Answer send(TenantId tenant, DueRow due) {
        Instant now = clock.instant();
        String id = DeliveryRow.event(due.eventId());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("User-Agent", "Bursar-Webhooks/1.0");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        try {
            headers.put(
                    "webhook-signature",
                    Signatures.header(opened(tenant, due, now), id, now.getEpochSecond(), due.payload()));
            int status = post.post(
                    URI.create(due.url()),
                    headers,
                    due.payload().getBytes(StandardCharsets.UTF_8),
                    settings.patience(),
                    settings.loopback());
            if (status >= 200 && status < 300) {
                return new Answer(status, null);
            }
            return new Answer(status, "answered " + status + (status < 400 ? "; redirects are not followed" : ""));
        } catch (PostFailedException e) {
            return new Answer(null, e.getMessage());
        } catch (IllegalArgumentException | IllegalStateException e) {
            // a secret that does not open, an address that was stored before the rules changed: the others must not
            // wait
            return new Answer(null, "cannot be sent: " + e.getClass().getSimpleName());
        }
    }

    private List<String> opened(TenantId tenant, DueRow due, Instant now) {
        List<String> opened = new ArrayList<>();
        opened.add(text(tenant, due.secret()));
        byte[] previous = due.previousSecret();
        Instant until = due.previousUntil();
        if (previous != null && until != null && until.isAfter(now)) {
            opened.add(text(tenant, previous));
        }
        return opened;
    }

    private String text(TenantId tenant, byte[] sealed) {
        return new String(secrets.open(tenant, SECRET, sealed), StandardCharsets.US_ASCII);
    }

    private void conclude(Scope scope, WebhookEndpointId endpoint, DueRow due, Answer answer) {
        Instant now = clock.instant();
        TenantId tenant = scope.tenant();
        Optional<EndpointRow> found = mapper.lock(tenant, endpoint);
        if (found.isEmpty()) {
            return;
        }
        String failure = answer.failure();
        Integer status = answer.status();
        if (failure == null && status != null) {
            mapper.sent(tenant, due.deliveryId(), status, now);
            mapper.healthy(tenant, endpoint);
            return;
        }
        String said = failure == null ? "" : failure;
        Optional<Instant> next = BackOff.next(due.attempts(), due.queuedAt(), now);
        mapper.failed(
                tenant,
                due.deliveryId(),
                due.attempts(),
                next.isPresent() ? DeliveryStatus.QUEUED : DeliveryStatus.FAILED,
                next.orElse(null),
                status,
                said,
                now);
        EndpointRow row = found.get();
        int failures = row.failures() + 1;
        mapper.failing(tenant, endpoint, failures, now, now.plus(BackOff.rest(failures)));
        Instant since = row.failingSince();
        if (status != null && status == GONE) {
            turnOff(scope, row, "it answered 410: it is gone");
        } else if (since != null && !now.isBefore(since.plus(BackOff.TURNED_OFF_AFTER))) {
            turnOff(scope, row, "every attempt has failed since " + since + "; the last: " + said);
        }
    }

    private void turnOff(Scope scope, EndpointRow row, String reason) {
        Instant now = clock.instant();
        if (mapper.turnOff(scope.tenant(), row.endpointId(), reason, now) == 0) {
            return;
        }
        mapper.giveUp(scope.tenant(), row.endpointId(), "the address was turned off", now);
        audit.record(
                scope,
                "webhook-endpoint.turn-off",
                row.endpointId().toString(),
                Optional.empty(),
                Map.of("status", row.status()),
                Map.of("status", "failed", "reason", reason));
        String email = row.notifyEmail();
        if (email != null) {
            mails.put(
                    scope,
                    new Mail(
                            "webhook-turned-off",
                            email,
                            "A webhook address was turned off",
                            "Nothing is sent to " + row.url() + " any longer: " + reason + ".\n\n"
                                    + "What was not delivered is kept for 30 days. Enable " + row.endpointId()
                                    + " again and replay it.\n",
                            Optional.empty()));
        }
    }
}

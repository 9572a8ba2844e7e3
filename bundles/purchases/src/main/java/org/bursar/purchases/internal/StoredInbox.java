package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.identity.Audit;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.TypeId;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.ReceivedWebhook;
import org.bursar.purchases.ReceivedWebhook.State;
import org.bursar.purchases.WebhookInbox;
import org.bursar.purchases.internal.sql.InboxKey;
import org.bursar.purchases.internal.sql.InboxMapper;
import org.bursar.purchases.internal.sql.InstanceMapper;
import org.bursar.purchases.internal.sql.NewInboxRow;
import org.bursar.purchases.internal.sql.ShownInboxRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stores what providers send before anybody looks at it. */
@Component(service = WebhookInbox.class)
public final class StoredInbox implements WebhookInbox {
    static final int LARGEST = 1024 * 1024;
    static final int MOST_WAITING = 10_000;

    private static final String PREFIX = "inb";
    private static final String NEWEST_FIRST = "-receivedAt";
    /** How long a provider waits for us beyond the storing; a gateway that takes longer reads later. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** Of a gateway's twelve threads, so that a flood of webhooks leaves room for checkouts. */
    private static final int READ_AT_ONCE = 4;
    /** How long one waits for its turn; whatever takes longer is read by the job, which comes in seconds. */
    private static final long A_MOMENT_MILLIS = 250;

    private static final int RETRY_SECONDS = 60;

    private final Database database;
    private final Secrets secrets;
    private final Audit audit;
    private final TenantDirectory tenants;
    private final GatewayServices services;
    private final WebhookAddresses addresses;
    private final WebhookReading reading;
    private final Clock clock;
    private final InboxMapper mapper;
    private final InstanceMapper instances;
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

    @Activate
    public StoredInbox(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference Audit audit,
            @Reference TenantDirectory tenants,
            @Reference GatewayServices services,
            @Reference WebhookAddresses addresses,
            @Reference WebhookReading reading,
            @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.audit = audit;
        this.tenants = tenants;
        this.services = services;
        this.addresses = addresses;
        this.reading = reading;
        this.clock = clock;
        mapper = database.mapper("purchases", InboxMapper.class);
        instances = database.mapper("purchases", InstanceMapper.class);
    }

    /**
     * One that is stored, and which gateway reads it.
     *
     * @param taken when nobody but the caller reads it; null: whoever takes it
     */
    private record Stored(String gateway, UUID id, State state, WebhookReading.@Nullable Taken taken) {}

    /** A place among the few of a gateway's that are read at once; of one webhook's that is being received. */
    private final class Seat implements AutoCloseable {
        private @Nullable Semaphore place;

        private Semaphore of(String gateway) {
            return places.computeIfAbsent(gateway, key -> new Semaphore(READ_AT_ONCE));
        }

        /** Takes one if there is one; once it is taken it stays so. */
        boolean free(String gateway) {
            if (place == null && of(gateway).tryAcquire()) {
                place = of(gateway);
            }
            return place != null;
        }

        /** The same, but waits a moment for one. */
        boolean soonFree(String gateway) {
            try {
                if (place == null && of(gateway).tryAcquire(A_MOMENT_MILLIS, TimeUnit.MILLISECONDS)) {
                    place = of(gateway);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return place != null;
        }

        @Override
        public void close() {
            if (place != null) {
                place.release();
            }
        }
    }

    @Override
    public Receipt receive(String token, byte[] body, Map<String, List<String>> headers, String query) {
        if (body.length > LARGEST) {
            throw new ProblemException(Problems.TOO_LARGE, "A webhook has at most " + LARGEST + " bytes.");
        }
        WebhookAddresses.Named named = WebhookAddresses.read(token)
                .filter(address -> exists(address.tenant()))
                .orElseThrow(Problems::notFound);
        Scope scope = Scope.of(named.tenant(), Actor.system("webhook"));
        try (Seat seat = new Seat()) {
            Stored stored = database.transact(scope, () -> store(scope, named, body, headers, query, seat));
            return stored.state() == State.STORED ? readAtOnce(scope, stored, seat) : Receipt.READ;
        }
    }

    private boolean exists(TenantId tenant) {
        return tenant.equals(Scope.PLATFORM) || tenants.exists(tenant);
    }

    private Stored store(
            Scope scope,
            WebhookAddresses.Named named,
            byte[] body,
            Map<String, List<String>> headers,
            String query,
            Seat seat) {
        TenantId tenant = scope.tenant();
        // as the database keeps it
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<String> offered = services.registered().stream()
                .map(GatewayServices.Registered::id)
                .toList();
        String gateway = addresses
                .gateway(named, instances.addresses(tenant), offered, now)
                .orElseThrow(Problems::notFound);
        byte[] hash = SealedWebhook.hash(secrets, body);
        boolean full = mapper.waiting(tenant, gateway, MOST_WAITING) >= MOST_WAITING;
        if (!full) {
            UUID id = TypeId.next(clock);
            SealedWebhook sealed = SealedWebhook.seal(secrets, tenant, id, body, headers, query);
            NewInboxRow row = new NewInboxRow(
                    id, gateway, hash, sealed.body(), sealed.head(), now, State.STORED, null, null, null);
            Optional<Stored> stored = store(scope, row, seat);
            if (stored.isPresent()) {
                return stored.get();
            }
        }
        // the same body is there; if it came at once with this one, it is committed, since ours waited for it
        return mapper.known(tenant, gateway, hash)
                .map(first -> repeated(scope, gateway, first, body, headers, query))
                .orElseThrow(() -> full ? tooMany() : new ProblemException(Problems.UNAVAILABLE, "Send this again."));
    }

    /** Empty when the same body is there. Where it can be read at once, it is taken as it is stored. */
    private Optional<Stored> store(Scope scope, NewInboxRow row, Seat seat) {
        if (seat.free(row.gatewayId())) {
            return reading.stored(scope, row)
                    .map(taken -> new Stored(row.gatewayId(), row.inboxId(), State.STORED, taken));
        }
        return mapper.insert(scope.tenant(), row, 0, row.receivedAt()) == 0
                ? Optional.empty()
                : Optional.of(new Stored(row.gatewayId(), row.inboxId(), State.STORED, null));
    }

    private static ProblemException tooMany() {
        return new ProblemException(new Problem(
                Problems.UNAVAILABLE,
                MOST_WAITING + " webhooks wait for this gateway already; send this one again later.",
                List.of(),
                Map.of("retryAfter", RETRY_SECONDS)));
    }

    private Stored repeated(
            Scope scope, String gateway, InboxKey known, byte[] body, Map<String, List<String>> headers, String query) {
        TenantId tenant = scope.tenant();
        Instant now = clock.instant();
        if (known.state() == State.REJECTED) {
            byte[] head = SealedWebhook.seal(secrets, tenant, known.inboxId(), body, headers, query)
                    .head();
            mapper.sentAnew(tenant, known.inboxId(), head, now);
            return new Stored(gateway, known.inboxId(), State.STORED, null);
        }
        mapper.deliveredAgain(tenant, known.inboxId(), now);
        return new Stored(gateway, known.inboxId(), known.state(), null);
    }

    private Receipt readAtOnce(Scope scope, Stored stored, Seat seat) {
        if (!seat.soonFree(stored.gateway())) {
            return Receipt.KEPT;
        }
        WebhookReading.Read read = stored.taken() == null
                ? reading.read(scope, stored.id(), PATIENCE)
                : reading.read(scope, stored.taken(), PATIENCE);
        if (read.state() == State.REJECTED) {
            throw new ProblemException(
                    PurchasesProblems.WEBHOOK_REJECTED, read.note() == null ? "It is not genuine." : read.note());
        }
        return read.state() == State.STORED ? Receipt.KEPT : Receipt.READ;
    }

    @Override
    public Page<ReceivedWebhook> list(Scope scope, Optional<String> gateway, Optional<State> state, Page.Request page) {
        scope.requireWholeTenant();
        Place before = Place.of(page.after());
        List<ShownInboxRow> rows = database.transact(
                scope,
                () -> mapper.newest(
                        scope.tenant(),
                        gateway.orElse(null),
                        state.orElse(null),
                        before.time(),
                        before.id(),
                        page.limit() + 1));
        return Page.of(rows, page, row -> Cursor.encode(NEWEST_FIRST, row.receivedAt(), row.inboxId()))
                .map(StoredInbox::shown);
    }

    /** Where a page begins. */
    private record Place(Instant time, UUID id) {
        static Place of(@Nullable String cursor) {
            if (cursor == null) {
                return new Place(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));
            }
            List<String> parts = Cursor.decode(NEWEST_FIRST, 2, cursor);
            try {
                return new Place(Instant.parse(parts.get(0)), UUID.fromString(parts.get(1)));
            } catch (IllegalArgumentException | java.time.DateTimeException e) {
                throw Cursor.bad();
            }
        }
    }

    private static ReceivedWebhook shown(ShownInboxRow row) {
        return new ReceivedWebhook(
                TypeId.format(PREFIX, row.inboxId()),
                row.gatewayId(),
                row.state(),
                row.eventId(),
                row.eventType(),
                row.receivedAt(),
                row.deliveries(),
                row.attempts(),
                row.purchaseId(),
                row.note());
    }

    @Override
    public ReceivedWebhook replay(Scope scope, String id) {
        scope.requireWholeTenant();
        UUID inbox = read(id);
        database.run(scope, () -> {
            ShownInboxRow before = mapper.find(scope.tenant(), inbox).orElseThrow(Problems::notFound);
            mapper.again(scope.tenant(), inbox, clock.instant());
            audit.record(
                    scope,
                    "webhook.replay",
                    id,
                    Optional.empty(),
                    Map.of("state", before.state(), "gateway", before.gatewayId()),
                    Map.of("state", State.STORED));
        });
        var unused = reading.read(scope, inbox, PATIENCE);
        return database.transact(scope, () -> mapper.find(scope.tenant(), inbox))
                .map(StoredInbox::shown)
                .orElseThrow(Problems::notFound);
    }

    private static UUID read(String id) {
        try {
            return TypeId.parse(PREFIX, id);
        } catch (IllegalArgumentException e) {
            throw Problems.notFound();
        }
    }
}

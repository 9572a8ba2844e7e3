package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bursar.database.Database;
import org.bursar.database.DatabaseException;
import org.bursar.database.Secrets;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.TypeId;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.SharedEndpoint;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookOutcome.Hint;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.purchases.ReceivedWebhook.State;
import org.bursar.purchases.internal.sql.InboxMapper;
import org.bursar.purchases.internal.sql.InboxRow;
import org.bursar.purchases.internal.sql.InstanceMapper;
import org.bursar.purchases.internal.sql.NewInboxRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Has stored webhooks verified by their gateways: outside any transaction, on the gateway's own threads, by the clock of the
 * moment at which they came. What is verified only hints; see {@link WebhookHints}.
 */
@Component(service = WebhookReading.class)
public final class WebhookReading {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");
    private static final int LONGEST_WORD = 255;
    private static final int LONGEST_NOTE = 500;
    private static final int MOST_HINTS = 100;
    /** The step of the schedule that is an hour: a gateway that could not read may have been mended. */
    private static final int LONGEST_PAUSE = 3;

    /** Whoever asks for a purchase again and again after this has asked often enough. */
    private static final int MOST_SEARCHES = 6;

    private final Database database;
    private final Secrets secrets;
    private final SettingsStore settings;
    private final GatewayCalls calls;
    private final WebhookHints hints;
    private final Clock clock;
    private final InboxMapper mapper;
    private final InstanceMapper instances;

    @Activate
    public WebhookReading(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference SettingsStore settings,
            @Reference GatewayCalls calls,
            @Reference WebhookHints hints,
            @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.settings = settings;
        this.calls = calls;
        this.hints = hints;
        this.clock = clock;
        mapper = database.mapper("purchases", InboxMapper.class);
        instances = database.mapper("purchases", InstanceMapper.class);
    }

    /** What came of reading one. */
    record Read(State state, @Nullable String note) {}

    /** One that nobody else reads for as long as the lease lasts. */
    record Taken(InboxRow row, SealedWebhook.Raw raw, TenantSettings settings) {}

    /** What a gateway said of a webhook. */
    private sealed interface Told {
        /** It is genuine. */
        record Genuine(WebhookOutcome outcome) implements Told {}

        /** It came to an address of the platform's and is about somebody's account. */
        record Addressed(String account) implements Told {}

        /** It is not. */
        record Rejected(String why) implements Told {}
    }

    /** Reads one that waits; nothing happens to one that does not, or that somebody else reads. */
    Read read(Scope scope, UUID id, Duration patience) {
        if (database.inTransaction()) {
            throw new IllegalStateException("a gateway is not called inside a transaction");
        }
        Optional<Taken> taken = database.transact(scope, () -> take(scope, id));
        return taken.isEmpty() ? now(scope, id) : read(scope, taken.get(), patience);
    }

    /** Reads one that the caller has taken, in a transaction that is committed. */
    Read read(Scope scope, Taken taken, Duration patience) {
        if (database.inTransaction()) {
            throw new IllegalStateException("a gateway is not called inside a transaction");
        }
        InboxRow row = taken.row();
        if (row.state() == State.VERIFIED) {
            search(scope, row, StoredHints.read(row.hints()), row.attempts());
            return now(scope, row.inboxId());
        }
        GatewayOutcome<Told> outcome =
                calls.call(row.gatewayId(), patience, (gateway, deadline) -> told(gateway, scope, taken, patience));
        Optional<Read> read = Optional.empty();
        if (!(outcome instanceof GatewayOutcome.Answered<Told> answered)) {
            later(scope, row, outcome);
        } else if (answered.value() instanceof Told.Genuine genuine) {
            read = genuine(scope, taken, genuine.outcome());
        } else if (answered.value() instanceof Told.Addressed addressed) {
            forAnother(scope, taken, addressed.account(), patience);
        } else if (answered.value() instanceof Told.Rejected rejected) {
            database.run(scope, () -> end(scope, row, State.REJECTED, rejected.why(), null));
        }
        return read.orElseGet(() -> now(scope, row.inboxId()));
    }

    private Optional<Taken> take(Scope scope, UUID id) {
        Instant now = clock.instant();
        return mapper.take(scope.tenant(), id, now, now.plus(LEASE)).map(row -> taken(scope, row));
    }

    private Taken taken(Scope scope, InboxRow row) {
        return new Taken(
                row, SealedWebhook.open(secrets, scope.tenant(), row), settings.load(scope.tenant(), row.gatewayId()));
    }

    /**
     * Stores one that its caller reads as soon as the transaction is committed, as if it had been taken after that: if the caller
     * dies, the lease ends and the job reads it. Empty when the same body is there already; in the caller's transaction.
     */
    Optional<Taken> stored(Scope scope, NewInboxRow row) {
        int attempts = 1;
        if (mapper.insert(scope.tenant(), row, attempts, clock.instant().plus(LEASE)) == 0) {
            return Optional.empty();
        }
        InboxRow taken = new InboxRow(
                row.inboxId(),
                row.gatewayId(),
                row.state(),
                row.body(),
                row.head(),
                row.receivedAt(),
                row.eventId(),
                row.eventType(),
                row.hints(),
                attempts);
        return Optional.of(taken(scope, taken));
    }

    private Read now(Scope scope, UUID id) {
        return database.transact(scope, () -> mapper.find(scope.tenant(), id))
                .map(row -> new Read(row.state(), row.note()))
                .orElseGet(() -> new Read(State.DONE, "it was removed meanwhile"));
    }

    /** The context of a call that is as late as the webhook was when it came. */
    private CallContext then(TenantId tenant, TenantSettings with, Instant receivedAt, Duration patience) {
        Clock then = Clock.fixed(receivedAt, ZoneOffset.UTC);
        return new CallContext(tenant, with, with.mode(), secrets, then, receivedAt.plus(patience));
    }

    private Told told(PaymentGateway gateway, Scope scope, Taken taken, Duration patience) {
        CallContext context = then(scope.tenant(), taken.settings(), taken.row().receivedAt(), patience);
        try {
            Optional<String> account = scope.tenant().equals(Scope.PLATFORM) && gateway instanceof SharedEndpoint shared
                    ? shared.accountOf(context, taken.raw())
                    : Optional.empty();
            return account.isPresent()
                    ? new Told.Addressed(account.get())
                    : checked(gateway.handleWebhook(context, taken.raw()));
        } catch (WebhookRejected e) {
            return rejected(e);
        }
    }

    private static Told rejected(WebhookRejected e) {
        return new Told.Rejected(shortened(String.valueOf(e.getMessage()), LONGEST_NOTE));
    }

    /** A gateway that answers with nonsense has not answered. */
    private static Told checked(WebhookOutcome outcome) {
        if (outcome.eventId().isBlank()
                || odd(outcome.eventId())
                || odd(outcome.type())
                || outcome.changed().stream()
                        .anyMatch(hint ->
                                hint.purchaseId().filter(WebhookReading::odd).isPresent())
                || outcome.changed().size() > MOST_HINTS) {
            throw new IllegalArgumentException("an event without an id, or with too much in it");
        }
        return new Told.Genuine(outcome);
    }

    /** Whether a word is too long, or has what no line of text has and PostgreSQL does not store. */
    private static boolean odd(String word) {
        return word.length() > LONGEST_WORD || NO_TEXT.matcher(word).find();
    }

    private static String shortened(String text, int longest) {
        String line = NO_TEXT.matcher(text).replaceAll(" ");
        return line.length() <= longest ? line : line.substring(0, longest);
    }

    private void later(Scope scope, InboxRow row, GatewayOutcome<?> outcome) {
        Duration pause = outcome instanceof GatewayOutcome.Absent<?>
                ? LookSchedule.UNTIL_IT_IS_BACK
                : LookSchedule.pause(Math.min(row.attempts() - 1, LONGEST_PAUSE));
        Instant again = clock.instant().plus(pause);
        String note = shortened(PurchaseLooks.said(outcome), LONGEST_NOTE);
        database.run(scope, () -> mapper.later(scope.tenant(), row.inboxId(), again, note));
    }

    private void end(Scope scope, InboxRow row, State state, @Nullable String note, @Nullable PurchaseId purchase) {
        mapper.end(scope.tenant(), row.inboxId(), state, note, purchase, clock.instant());
    }

    /** What came of a genuine one, where that is certain without looking. */
    private Optional<Read> genuine(Scope scope, Taken taken, WebhookOutcome outcome) {
        InboxRow row = taken.row();
        Verified verified;
        try {
            verified = database.transact(scope, () -> verified(scope, row, outcome));
        } catch (DatabaseException e) {
            if (!e.duplicate("inbox_event")) {
                throw e;
            }
            database.run(scope, () -> duplicate(scope, row));
            return Optional.empty();
        }
        if (!verified.open().isEmpty()) {
            search(scope, row, verified.open(), 1);
        }
        return Optional.ofNullable(verified.done());
    }

    private void duplicate(Scope scope, InboxRow row) {
        end(scope, row, State.DUPLICATE, "the same event came in another body", null);
    }

    /**
     * A genuine one that is stored as such.
     *
     * @param open hints whose purchase is to be looked for
     * @param done what came of it when there are none; null: that is still to be seen
     */
    private record Verified(List<Hint> open, @Nullable Read done) {
        /** Nothing was done to it here. */
        static final Verified BY_OTHERS = new Verified(List.of(), null);
    }

    /** Stores what it says and marks the purchases that are known. */
    private Verified verified(Scope scope, InboxRow row, WebhookOutcome outcome) {
        TenantId tenant = scope.tenant();
        UUID id = row.inboxId();
        String event = outcome.eventId();
        if (mapper.knownEvent(tenant, row.gatewayId(), event, id)) {
            duplicate(scope, row);
            return Verified.BY_OTHERS;
        }
        String note = outcome.understood() ? null : "the gateway does not know events of this type";
        String stored = StoredHints.write(outcome.changed());
        WebhookHints.Pointed pointed = hints.pointed(scope, row.gatewayId(), outcome.changed());
        boolean done = pointed.open().isEmpty();
        boolean about = pointed.first() != null || outcome.changed().isEmpty();
        String end = about ? note : "no purchase of this tenant's";
        int written = done
                ? mapper.done(tenant, id, event, outcome.type(), stored, end, pointed.first(), clock.instant())
                : mapper.verified(tenant, id, event, outcome.type(), stored, note);
        if (written == 0) {
            // somebody who was thought to be gone has read it
            return Verified.BY_OTHERS;
        }
        hints.mark(scope, row.gatewayId(), pointed);
        return new Verified(pointed.open(), done ? new Read(State.DONE, end) : null);
    }

    private void search(Scope scope, InboxRow row, List<Hint> open, int searches) {
        PurchaseId purchase = null;
        Instant again = null;
        String note = null;
        for (Hint hint : open) {
            WebhookHints.Found found = hints.find(scope, row.gatewayId(), hint, searches);
            purchase = purchase == null ? found.purchase() : purchase;
            note = note == null ? found.note() : note;
            if (found.again() != null && (again == null || found.again().isBefore(again))) {
                again = found.again();
            }
        }
        conclude(scope, row, purchase, again == null || searches >= MOST_SEARCHES ? null : again, note);
    }

    private void conclude(
            Scope scope, InboxRow row, @Nullable PurchaseId purchase, @Nullable Instant again, @Nullable String note) {
        database.run(scope, () -> {
            if (again == null) {
                end(scope, row, State.DONE, note, purchase);
            } else {
                mapper.later(scope.tenant(), row.inboxId(), again, note);
            }
        });
    }

    /** A tenant that has an account, and its settings. */
    private record Owner(Scope scope, TenantSettings settings) {}

    /**
     * One that came to the platform's own address: the tenant that has the account gets a copy. Its settings say which account
     * and which mode are right, the platform's secrets whether the provider signed it.
     */
    private void forAnother(Scope platform, Taken taken, String account, Duration patience) {
        InboxRow row = taken.row();
        Optional<Owner> found = database.transact(platform, () -> owner(platform, row.gatewayId(), account));
        if (found.isEmpty()) {
            database.run(platform, () -> end(platform, row, State.DONE, "no tenant has the account", null));
            return;
        }
        Owner owner = found.get();
        GatewayOutcome<Told> outcome = calls.call(row.gatewayId(), patience, (gateway, deadline) -> {
            // made in the call, with which they end
            CallContext own = then(owner.scope().tenant(), owner.settings(), row.receivedAt(), patience);
            CallContext platforms = then(platform.tenant(), taken.settings(), row.receivedAt(), patience);
            try {
                return checked(gateway.handleWebhook(new SharedContext(own, platforms), taken.raw()));
            } catch (WebhookRejected e) {
                return rejected(e);
            }
        });
        if (!(outcome instanceof GatewayOutcome.Answered<Told> answered)) {
            later(platform, row, outcome);
        } else if (answered.value() instanceof Told.Genuine genuine) {
            UUID copied = database.transact(platform, () -> {
                end(platform, row, State.DONE, "passed on to " + owner.scope().tenant(), null);
                return database.transact(owner.scope(), () -> copy(owner.scope(), taken, genuine.outcome()));
            });
            var unused = read(owner.scope(), copied, patience);
        } else if (answered.value() instanceof Told.Rejected no) {
            database.run(platform, () -> end(platform, row, State.REJECTED, no.why(), null));
        }
    }

    private Optional<Owner> owner(Scope platform, String gateway, String account) {
        return instances
                .owner(platform.tenant(), gateway, account)
                .map(tenant -> Scope.of(new TenantId(tenant), platform.actor()))
                .map(scope -> new Owner(scope, database.transact(scope, () -> settings.load(scope.tenant(), gateway))));
    }

    private UUID copy(Scope scope, Taken taken, WebhookOutcome outcome) {
        UUID id = TypeId.next(clock);
        SealedWebhook.Raw raw = taken.raw();
        SealedWebhook sealed = SealedWebhook.seal(secrets, scope.tenant(), id, raw.body(), raw.headers(), raw.query());
        mapper.insert(
                scope.tenant(),
                new NewInboxRow(
                        id,
                        taken.row().gatewayId(),
                        SealedWebhook.hash(secrets, raw.body()),
                        sealed.body(),
                        sealed.head(),
                        raw.receivedAt(),
                        State.VERIFIED,
                        outcome.eventId(),
                        outcome.type(),
                        StoredHints.write(outcome.changed())),
                0,
                clock.instant());
        return id;
    }
}

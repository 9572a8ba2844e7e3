package org.bursar.mail.internal;

import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bursar.database.Database;
import org.bursar.database.DatabaseException;
import org.bursar.database.Secrets;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.mail.SenderBrand;
import org.bursar.mail.internal.sql.MailMapper;
import org.bursar.mail.internal.sql.MailRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due: takes a mail in a transaction, gives it to the server outside any, and writes down in another
 * what came of it. When the platform dies between the second and the third, the mail goes again after its lease:
 * twice, but never not at all, and both carry the same Message-ID.
 */
@Component(
        service = RecurringJob.class,
        configurationPid = "org.bursar.mail",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MailConfig.class)
public final class MailSending implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(MailSending.class);
    private static final Actor ACTOR = Actor.system("mail-sending");
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Longer than the time-outs of all the answers that sending one mail waits for. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    /**
     * Mails of this node's own writing go at the next turn; those of others and those tried before when all are walked.
     */
    private static final Duration WALK = Duration.ofSeconds(15);

    private static final Duration PAUSE_WITHOUT_SERVER = Duration.ofSeconds(30);
    private static final int MOST_A_TURN = 50;

    private final Database database;
    private final Clock clock;
    private final SealedOutbox outbox;
    private final MailTally tally;
    private final SealedText seal;
    private final MailMapper mails;
    private volatile @Nullable Settled settled;
    private volatile Instant lastWalk = Instant.MIN;
    private volatile Instant pausedAt = Instant.MIN;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable SenderBrand brand;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable TenantDirectory tenants;

    @Activate
    public MailSending(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference Clock clock,
            @Reference SealedOutbox outbox,
            @Reference MailTally tally,
            MailConfig config) {
        this.database = database;
        this.clock = clock;
        this.outbox = outbox;
        this.tally = tally;
        seal = new SealedText(secrets);
        mails = database.mapper("mail", MailMapper.class);
        configure(config);
    }

    /** Takes a configuration; one that is wrong is reported by its key, and what held before goes on to hold. */
    @Modified
    void configure(MailConfig config) {
        try {
            MailSettings settings = MailSettings.of(config);
            settled = new Settled(settings, settings.server().map(SmtpConnection::new));
            pausedAt = Instant.MIN;
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "configuration org.bursar.mail: {}; {}",
                    e.getMessage(),
                    settled == null ? "mails wait" : "the former one stays in force");
        }
    }

    @Override
    public String name() {
        return "mail-sending";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public void run() {
        Settled now = settled;
        if (now == null || within(pausedAt, PAUSE_WITHOUT_SERVER)) {
            return;
        }
        Collection<TenantId> turn = turn();
        if (turn.isEmpty()) {
            return;
        }
        if (now.connection().isEmpty()) {
            keep(turn);
        } else {
            send(turn, now.settings(), now.connection().get());
        }
    }

    /** Whether it is less than that since then; not so when the clock was set back behind it. */
    private boolean within(Instant since, Duration duration) {
        Instant now = clock.instant();
        return !now.isBefore(since) && since.isAfter(now.minus(duration));
    }

    private Collection<TenantId> turn() {
        Set<TenantId> turn = new LinkedHashSet<>(outbox.takeWaiting());
        if (!within(lastWalk, WALK)) {
            lastWalk = clock.instant();
            turn.add(Scope.PLATFORM);
            TenantDirectory directory = tenants;
            if (directory != null) {
                turn.addAll(directory.all());
            }
        }
        return turn;
    }

    private void keep(Collection<TenantId> turn) {
        each(turn, tenant -> {
            int kept = database.transact(Scope.of(tenant, ACTOR), () -> mails.keep(tenant, clock.instant()));
            tally.kept.add(kept);
            if (kept > 0) {
                LOG.info("{} mails of {} kept: smtp.url is not set", kept, tenant);
            }
        });
    }

    private void send(Collection<TenantId> turn, MailSettings now, SmtpConnection server) {
        try (SmtpConnection connection = server) {
            each(turn, tenant -> sendDue(tenant, now, connection));
            pausedAt = Instant.MIN;
        } catch (NoServerException e) {
            if (pausedAt.equals(Instant.MIN)) {
                LOG.warn("mail server {}: {}; mails wait", server, e.getMessage());
            }
            pausedAt = clock.instant();
            // those that were not reached are found by the next walk
            lastWalk = Instant.MIN;
        }
    }

    /**
     * What goes wrong with one tenant's mails does not keep the others' waiting; it is thrown when all had their turn.
     */
    private static void each(Collection<TenantId> turn, Consumer<TenantId> work) {
        RuntimeException first = null;
        for (TenantId tenant : turn) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            try {
                work.accept(tenant);
            } catch (RuntimeException e) {
                if (e instanceof NoServerException || e instanceof DatabaseException d && d.unavailable()) {
                    throw e;
                }
                LOG.debug("mails of {}", tenant, e);
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void sendDue(TenantId tenant, MailSettings now, SmtpConnection connection) {
        for (int count = 0; sendOne(tenant, now, connection); count++) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            if (count == MOST_A_TURN) {
                // the others' turn; the rest of these next time
                outbox.again(tenant);
                return;
            }
        }
    }

    /** Sends the mail that is due the longest; answers whether there was one. */
    private boolean sendOne(TenantId tenant, MailSettings now, SmtpConnection connection) {
        Scope scope = Scope.of(tenant, ACTOR);
        Instant start = clock.instant();
        Optional<MailRow> leased = database.transact(scope, () -> mails.lease(tenant, start, start.plus(LEASE)));
        if (leased.isEmpty()) {
            return false;
        }
        MailRow row = leased.get();
        try {
            connection.send(letter(tenant, row, now));
            database.run(scope, () -> mails.sent(tenant, row.mailId(), clock.instant()));
            tally.sent.increment();
            LOG.info("mail {} ({}) of {} sent", row.mailId(), row.kind(), tenant);
        } catch (SendFailedException e) {
            failed(scope, row, e);
            if (e.kind() == SendFailedException.Kind.NO_SERVER) {
                throw new NoServerException(e);
            }
        }
        return true;
    }

    private void failed(Scope scope, MailRow row, SendFailedException e) {
        String reason = String.valueOf(e.getMessage());
        Optional<Instant> next = e.kind() == SendFailedException.Kind.REFUSED
                ? Optional.empty()
                : BackOff.next(row.attempts(), row.createdAt(), clock.instant());
        TenantId tenant = scope.tenant();
        database.run(
                scope,
                () -> next.ifPresentOrElse(
                        time -> mails.retry(tenant, row.mailId(), row.attempts(), time, reason),
                        () -> mails.failed(tenant, row.mailId(), row.attempts(), reason)));
        (next.isEmpty() ? tally.failed : tally.postponed).increment();
        if (next.isEmpty()) {
            LOG.warn("mail {} ({}) of {} given up: {}", row.mailId(), row.kind(), tenant, reason);
        } else {
            LOG.info(
                    "mail {} ({}) of {} not sent: {}; again at {}",
                    row.mailId(),
                    row.kind(),
                    tenant,
                    reason,
                    next.get());
        }
    }

    private Letter letter(TenantId tenant, MailRow row, MailSettings now) throws SendFailedException {
        byte[] subject = row.subject();
        byte[] body = row.body();
        if (subject == null || body == null) {
            throw new IllegalStateException("a mail to be sent has a text: " + row.mailId());
        }
        String to;
        String subjectText;
        String text;
        try {
            to = seal.openRecipient(tenant, row.recipient());
            subjectText = seal.openSubject(tenant, subject);
            text = seal.openBody(tenant, body);
        } catch (IllegalStateException e) {
            // another mail may well be readable, so this one must not stop the queue
            throw new SendFailedException(SendFailedException.Kind.RETRY, "cannot be decrypted");
        }
        InternetAddress recipient = Letter.address(to, "")
                .orElseThrow(() -> new SendFailedException(SendFailedException.Kind.REFUSED, "not an address"));
        return new Letter(row.mailId(), sender(tenant, now), recipient, subjectText, text, row.createdAt());
    }

    /** The tenant's name and, where it has one, its address; the platform's otherwise. */
    private InternetAddress sender(TenantId tenant, MailSettings now) {
        SenderBrand brands = brand;
        Optional<SenderBrand.Sender> own =
                brands == null || tenant.equals(Scope.PLATFORM) ? Optional.empty() : brands.sender(tenant);
        String name = own.map(SenderBrand.Sender::name).orElse(now.senderName());
        return own.flatMap(SenderBrand.Sender::address)
                .flatMap(address -> Letter.address(address, name))
                .or(() -> Letter.address(now.senderAddress(), name))
                .orElseThrow();
    }

    /** What holds: the settings, and where there is a server, the way to it. */
    private record Settled(MailSettings settings, Optional<SmtpConnection> connection) {}

    /** Ends a turn: no other mail would go either. */
    private static final class NoServerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoServerException(SendFailedException cause) {
            super(cause.getMessage(), cause);
        }
    }
}

package org.bursar.mail.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MailId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.mail.Mail;
import org.bursar.mail.MailReadLog;
import org.bursar.mail.MailSummary;
import org.bursar.mail.MailText;
import org.bursar.mail.Mails;
import org.bursar.mail.Outbox;
import org.bursar.mail.internal.sql.MailMapper;
import org.bursar.mail.internal.sql.MailRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outbox in a table, encrypted. */
@Component(service = {Outbox.class, Mails.class, SealedOutbox.class})
public final class SealedOutbox implements Outbox, Mails {
    private static final Logger LOG = LoggerFactory.getLogger(SealedOutbox.class);
    private static final String SORT = "latest";

    private final Database database;
    private final Clock clock;
    private final SealedText seal;
    private final MailMapper mails;
    private final Set<TenantId> waiting = ConcurrentHashMap.newKeySet();
    private final Set<MailReadLog> readLogs = ConcurrentHashMap.newKeySet();

    @Activate
    public SealedOutbox(@Reference Database database, @Reference Secrets secrets, @Reference Clock clock) {
        this.database = database;
        this.clock = clock;
        seal = new SealedText(secrets);
        mails = database.mapper("mail", MailMapper.class);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(MailReadLog log) {
        readLogs.add(log);
    }

    void unbind(MailReadLog log) {
        readLogs.remove(log);
    }

    @Override
    public MailId put(Scope scope, Mail mail) {
        TenantId tenant = scope.tenant();
        MailId id = MailId.next(clock);
        Instant now = clock.instant();
        // the caller may be limited to one customer while the mail is a platform user's
        database.run(scope.wholeTenant(), () -> {
            mails.insert(
                    tenant,
                    id,
                    mail.customer().orElse(null),
                    mail.kind(),
                    seal.recipient(tenant, mail.to()),
                    seal.subject(tenant, mail.subject()),
                    seal.body(tenant, mail.text()),
                    now);
            database.afterCommit(() -> waiting.add(tenant));
        });
        return id;
    }

    /** The tenants that have written mails on this node since the last call. */
    Set<TenantId> takeWaiting() {
        Set<TenantId> taken = Set.copyOf(waiting);
        waiting.removeAll(taken);
        return taken;
    }

    /** There is more to send than one turn takes. */
    void again(TenantId tenant) {
        waiting.add(tenant);
    }

    @Override
    public Page<MailSummary> list(Scope scope, Page.Request page) {
        TenantId tenant = scope.tenant();
        int limit = page.limit() + 1;
        String after = page.after();
        List<MailRow> rows = database.transact(
                scope, () -> after == null ? mails.list(tenant, limit) : mails.listAfter(tenant, cursor(after), limit));
        List<MailSummary> summaries = new ArrayList<>();
        for (MailRow row : rows) {
            summaries.add(summary(tenant, row));
        }
        return Page.of(summaries, page, mail -> Cursor.encode(SORT, mail.id()));
    }

    private static MailId cursor(String after) {
        String id = Cursor.decode(SORT, 1, after).get(0);
        try {
            return MailId.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    @Override
    public MailText read(Scope scope, MailId mail) {
        TenantId tenant = scope.tenant();
        return database.transact(scope, () -> {
            MailRow row = mails.find(tenant, mail).orElseThrow(Problems::notFound);
            MailSummary summary = summary(tenant, row);
            for (MailReadLog log : readLogs) {
                log.read(scope, summary);
            }
            LOG.info(
                    "mail {} of {} read by {} {}",
                    mail,
                    tenant,
                    scope.actor().kind(),
                    scope.actor().id());
            byte[] subject = row.subject();
            byte[] body = row.body();
            return new MailText(
                    summary,
                    seal.openRecipient(tenant, row.recipient()),
                    subject == null ? "" : seal.openSubject(tenant, subject),
                    body == null ? "" : seal.openBody(tenant, body));
        });
    }

    @Override
    public int erase(Scope scope, CustomerId customer) {
        return database.transact(scope, () -> mails.erase(scope.tenant(), customer));
    }

    private MailSummary summary(TenantId tenant, MailRow row) {
        return new MailSummary(
                row.mailId(),
                row.kind(),
                Optional.ofNullable(row.customerId()),
                SealedText.masked(seal.openRecipient(tenant, row.recipient())),
                row.status(),
                row.attempts(),
                row.createdAt(),
                Optional.ofNullable(row.sentAt()),
                Optional.ofNullable(row.failure()));
    }
}

package org.bursar.webhooks.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Actor;
import org.bursar.kernel.MailId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.mail.Mail;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;

/** The whole bundle over a real database; audit, mails and tenants are our own. */
final class World implements AutoCloseable {
    final TestDatabase test = TestDatabase.fresh();
    final TestClock clock = TestClock.at("2026-11-22T10:00:00Z");
    final Database database = test.database();
    final List<String> audited = Collections.synchronizedList(new ArrayList<>());
    final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final List<TenantId> tenants = new CopyOnWriteArrayList<>();
    private final Audit audit =
            (scope, action, subject, customer, before, after) -> audited.add(action + " " + subject);
    final EventOutbox outbox = new EventOutbox(database, clock);
    final WebhooksSettings settings = new WebhooksSettings(Duration.ofSeconds(2), true);
    final StoredWebhooks webhooks = new StoredWebhooks(database, test.secrets(), audit, outbox, settings, clock);
    final CheckedPost post = CheckedPost.usual();
    final DeliveryAttempt attempts = new DeliveryAttempt(
            database,
            test.secrets(),
            audit,
            (scope, mail) -> {
                mails.add(mail);
                return MailId.next(clock);
            },
            settings,
            clock,
            post);
    final WebhookSending sending = new WebhookSending(database, directory(), outbox, attempts, clock);
    final WebhookRetention retention = new WebhookRetention(database, directory(), clock);

    Scope tenant() {
        TenantId tenant = TenantId.next(clock);
        tenants.add(tenant);
        return Scope.of(tenant, new Actor(Actor.Kind.USER, "usr_1", "Mara"));
    }

    /** A turn, and the end of what it began. */
    void send() {
        sending.run();
        for (int i = 0; i < 2_000 && !sending.idle(); i++) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    void later(Duration duration) {
        clock.advance(duration);
        send();
    }

    private TenantDirectory directory() {
        return new TenantDirectory() {
            @Override
            public Optional<TenantId> bySlug(String slug) {
                return Optional.empty();
            }

            @Override
            public Optional<TenantId> byHost(String host) {
                return Optional.empty();
            }

            @Override
            public boolean exists(TenantId tenant) {
                return tenants.contains(tenant);
            }

            @Override
            public List<TenantId> all() {
                return List.copyOf(tenants);
            }
        };
    }

    @Override
    public void close() {
        sending.close();
        attempts.close();
        test.close();
    }
}

package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.ReceivedWebhook;
import org.bursar.purchases.internal.SilentGateways.Told;
import org.bursar.purchases.internal.sql.DueInboxRow;
import org.bursar.purchases.internal.sql.InboxMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the webhooks that were kept because nobody could read them when they came. Who does not
 * read is left alone until the next run ({@link SilentGateways}).
 */
@Component(service = RecurringJob.class)
public final class InboxReading implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(InboxReading.class);
    private static final int ROWS = 100;
    private static final int ROUNDS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Database database;
    private final TenantDirectory tenants;
    private final WebhookReading reading;
    private final Clock clock;
    private final InboxMapper mapper;

    @Activate
    public InboxReading(
            @Reference Database database,
            @Reference TenantDirectory tenants,
            @Reference WebhookReading reading,
            @Reference Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.reading = reading;
        this.clock = clock;
        mapper = database.mapper("purchases", InboxMapper.class);
    }

    @Override
    public String name() {
        return "webhook-reading";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(15);
    }

    @Override
    public void run() {
        SilentGateways silent = new SilentGateways();
        Stream.concat(Stream.of(Scope.PLATFORM), tenants.all().stream()).forEach(tenant -> readDue(tenant, silent));
    }

    private void readDue(TenantId tenant, SilentGateways silent) {
        Scope scope = Scope.of(tenant, Actor.system(name()));
        try {
            List<DueInboxRow> due;
            int round = 0;
            do {
                due = database.transact(scope, () -> mapper.due(tenant, clock.instant(), silent.of(tenant), ROWS));
                due.forEach(row -> read(scope, row, silent));
            } while (due.size() == ROWS
                    && ++round < ROUNDS
                    && !Thread.currentThread().isInterrupted());
        } catch (RuntimeException e) {
            LOG.warn("the webhooks of tenant {} could not be read", tenant, e);
        }
    }

    private void read(Scope scope, DueInboxRow row, SilentGateways silent) {
        if (silent.leavesAlone(scope.tenant(), row.gatewayId())) {
            return;
        }
        try {
            WebhookReading.Read read = reading.read(scope, row.inboxId(), PATIENCE);
            boolean unread = read.state() == ReceivedWebhook.State.STORED;
            silent.told(scope.tenant(), row.gatewayId(), unread ? Told.NOTHING : Told.SOMETHING);
        } catch (RuntimeException e) {
            // the next try was announced before this one; another webhook must not wait for it
            LOG.warn("webhook {} could not be read", row.inboxId(), e);
        }
    }
}

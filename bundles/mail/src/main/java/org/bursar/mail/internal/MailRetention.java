package org.bursar.mail.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.mail.internal.sql.MailMapper;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes subject and text of mails that were sent, kept or given up 30 days ago. That they were written stays known.
 */
@Component(service = RecurringJob.class)
public final class MailRetention implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(MailRetention.class);
    private static final Actor ACTOR = Actor.system("mail-retention");
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int BATCH = 1_000;

    private final Database database;
    private final Clock clock;
    private final MailMapper mails;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable TenantDirectory tenants;

    @Activate
    public MailRetention(@Reference Database database, @Reference Clock clock) {
        this.database = database;
        this.clock = clock;
        mails = database.mapper("mail", MailMapper.class);
    }

    @Override
    public String name() {
        return "mail-retention";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        List<TenantId> all = new ArrayList<>();
        all.add(Scope.PLATFORM);
        TenantDirectory directory = tenants;
        if (directory != null) {
            all.addAll(directory.all());
        }
        Instant before = clock.instant().minus(KEPT);
        for (TenantId tenant : all) {
            int removed = 0;
            int batch;
            do {
                batch = database.transact(Scope.of(tenant, ACTOR), () -> mails.removeTexts(tenant, before, BATCH));
                removed += batch;
            } while (batch == BATCH);
            if (removed > 0) {
                LOG.info("the texts of {} mails of {} removed", removed, tenant);
            }
        }
    }
}

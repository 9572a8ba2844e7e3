package org.bursar.metering.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.metering.internal.sql.PartitionMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes the partitions of the days to come, forgets the keys of events that were received too long ago to matter, and drops the events
 * whose retention has ended.
 */
@Component(configurationPid = "org.bursar.metering")
public final class PartitionJob implements RecurringJob {
    private static final int MONTH = 31;

    private final Database database;
    private final TenantDirectory directory;
    private final TenantClocks clocks;
    private final Partitions partitions;
    private final PartitionMapper sql;
    private volatile int dedupeDays;
    private volatile int keepDays;

    @Activate
    public PartitionJob(
            @Reference Database database,
            @Reference TenantDirectory directory,
            @Reference TenantClocks clocks,
            MeteringConfig config) {
        this.database = database;
        this.directory = directory;
        this.clocks = clocks;
        this.partitions = new Partitions(database, clocks.wall());
        this.sql = database.mapper("metering", PartitionMapper.class);
        configure(config);
    }

    /** Takes another configuration. */
    @Modified
    final void configure(MeteringConfig config) {
        dedupeDays = config.dedupe_days();
        keepDays = config.keep_days() == 0 ? 0 : Math.max(config.keep_days(), config.late_days() + MONTH);
    }

    @Override
    public String name() {
        return "usage-partitions";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        partitions.ensure(1);
        // a day more than is looked back, for the minutes around midnight
        LocalDate day = day(clocks.wall()).minusDays(dedupeDays + 1L);
        database.withoutTenant(() -> sql.dropSeenBefore(day));
        for (TenantId tenant : directory.all()) {
            Scope scope = Scope.of(tenant, Actor.system(name()));
            database.run(scope, () -> sql.deleteSeenBefore(tenant, day));
        }
        if (keepDays > 0) {
            dropEventsBefore(day(clocks.wall()).minusDays(keepDays));
        }
    }

    private void dropEventsBefore(LocalDate day) {
        database.withoutTenant(() -> sql.dropEventsBefore(day));
        for (TenantId tenant : directory.all()) {
            database.run(Scope.of(tenant, Actor.system(name())), () -> {
                // what a sandbox whose clock was left behind counts today is not old
                LocalDate own = day(clocks.of(tenant)).minusDays(keepDays);
                sql.deleteEventsBefore(tenant, own.isBefore(day) ? own : day);
            });
        }
    }

    private static LocalDate day(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}

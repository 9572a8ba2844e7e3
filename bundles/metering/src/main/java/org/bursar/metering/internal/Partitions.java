package org.bursar.metering.internal;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.bursar.database.Database;
import org.bursar.database.DatabaseException;
import org.bursar.metering.internal.sql.PartitionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the daily partitions before the first row needs them. A day without one is served by the default partition. */
final class Partitions {
    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);
    private static final int AHEAD_DAYS = 7;

    private final Database database;
    private final PartitionMapper sql;
    private final Clock clock;

    Partitions(Database database, Clock clock) {
        this.database = database;
        this.sql = database.mapper("metering", PartitionMapper.class);
        this.clock = clock;
    }

    /**
     * The same at a start, which must not fail because another node is busy with the table or the database is away: the days that
     * are missing are served by the default partition.
     */
    void tryEnsure(int pastDays) {
        try {
            ensure(pastDays);
        } catch (DatabaseException e) {
            LOG.warn("usage partitions are left to the job", e);
        }
    }

    /** From so many days ago to a week from now. Those that are there cost one look-up each. */
    void ensure(int pastDays) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (LocalDate day = today.minusDays(pastDays);
                !day.isAfter(today.plusDays(AHEAD_DAYS));
                day = day.plusDays(1)) {
            make("usage_event", day);
            if (!day.isBefore(today)) {
                make("event_seen", day);
            }
        }
    }

    /** A transaction each: attaching locks the default partition, and no longer than needed. */
    private void make(String parent, LocalDate day) {
        database.withoutTenant(() -> sql.make(parent, day));
    }
}

package org.bursar.metering.internal;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.bursar.database.Database;
import org.bursar.metering.internal.sql.PartitionMapper;

/** Makes the daily partitions before the first row needs them. A day without one is served by the default partition. */
final class Partitions {
    private static final int AHEAD_DAYS = 7;

    private final Database database;
    private final PartitionMapper sql;
    private final Clock clock;

    Partitions(Database database, Clock clock) {
        this.database = database;
        this.sql = database.mapper("metering", PartitionMapper.class);
        this.clock = clock;
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

package org.bursar.kernel.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.osgi.service.component.annotations.Component;

/** The time, in UTC and whole microseconds, which is what PostgreSQL keeps. */
@Component(service = Clock.class)
public final class SystemClock extends Clock {
    private static final Clock UTC = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

    @Override
    public ZoneId getZone() {
        return UTC.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return UTC.withZone(zone);
    }

    @Override
    public Instant instant() {
        return UTC.instant();
    }
}

package org.bursar.kernel.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.bursar.kernel.ClockOffset;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The time, in UTC and whole microseconds, which is what PostgreSQL keeps. */
@Component(service = {Clock.class, ClockOffset.class})
public final class SystemClock extends Clock implements ClockOffset {
    private static final Clock UTC = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

    private final boolean movable;
    private volatile Duration behind = Duration.ZERO;

    @Activate
    public SystemClock(BundleContext context) {
        movable = Boolean.parseBoolean(context.getProperty("bursar.demo"));
    }

    @Override
    public void set(Duration offset) {
        if (!movable) {
            throw new IllegalStateException("the clock moves in a demo only");
        }
        if (offset.isNegative()) {
            throw new IllegalArgumentException("the clock does not run ahead");
        }
        behind = offset;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return UTC.withZone(zone);
    }

    @Override
    public Instant instant() {
        Instant now = UTC.instant();
        return behind.isZero() ? now : now.minus(behind);
    }
}

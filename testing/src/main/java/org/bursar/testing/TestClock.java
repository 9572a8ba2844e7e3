package org.bursar.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;

/** A clock that moves when a test says so, and every tenant's. */
public final class TestClock extends Clock implements TenantClocks {
    private Instant now;

    public TestClock(Instant now) {
        this.now = now;
    }

    public static TestClock at(String instant) {
        return new TestClock(Instant.parse(instant));
    }

    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    public synchronized void set(Instant instant) {
        now = instant;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }

    @Override
    public Clock of(TenantId tenant) {
        return this;
    }

    @Override
    public boolean sandbox(TenantId tenant) {
        return false;
    }

    @Override
    public Clock wall() {
        return this;
    }
}

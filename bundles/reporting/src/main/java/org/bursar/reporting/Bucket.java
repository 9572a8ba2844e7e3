package org.bursar.reporting;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** The whole spans, in UTC, that figures are kept for. */
public enum Bucket {
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS);

    private final ChronoUnit unit;

    Bucket(ChronoUnit unit) {
        this.unit = unit;
    }

    ChronoUnit unit() {
        return unit;
    }

    Duration length() {
        return unit.getDuration();
    }
}

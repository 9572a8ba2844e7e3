package org.bursar.metering.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.bursar.kernel.CustomerId;
import org.bursar.metering.UsageEvent;
import org.bursar.plans.Meter;
import org.bursar.plans.Usage;

/**
 * An event with nothing wrong in it.
 *
 * @param place where it stood in the report
 * @param key hash of source and id, and of the customer when its own user or key reports it
 * @param eventId ours, if it is new
 */
record Candidate(int place, UsageEvent event, Meter meter, Instant time, BigDecimal quantity, UUID key, UUID eventId) {
    CustomerId customer() {
        return event.customer();
    }

    Usage usage() {
        return new Usage(event.customer(), meter, quantity, time);
    }
}

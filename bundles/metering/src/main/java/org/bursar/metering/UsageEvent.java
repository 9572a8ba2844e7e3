package org.bursar.metering;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.UserId;

/**
 * Something that was used, as its source reports it.
 *
 * @param id with the source, what makes an event the same event
 * @param source a URI reference of who reports it
 * @param meter a meter's key
 * @param time when it was used; empty: now
 * @param quantity in the meter's unit, at most 6 places and less than 10^12 either way, below zero for a correction; a meter that
 *     counts events needs none
 * @param attributes a JSON object with what else is known of it
 * @param user for whom it was, when the attribute {@code user} is a user's id: then its charge counts against that user's cap
 */
public record UsageEvent(
        String id,
        String source,
        String meter,
        CustomerId customer,
        Optional<Instant> time,
        Optional<BigDecimal> quantity,
        Optional<String> attributes,
        Optional<UserId> user) {
    /** An event for nobody in particular. */
    public UsageEvent(
            String id,
            String source,
            String meter,
            CustomerId customer,
            Optional<Instant> time,
            Optional<BigDecimal> quantity,
            Optional<String> attributes) {
        this(id, source, meter, customer, time, quantity, attributes, Optional.empty());
    }
}

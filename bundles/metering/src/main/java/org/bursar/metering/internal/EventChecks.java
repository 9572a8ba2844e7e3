package org.bursar.metering.internal;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.FieldCode;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TypeId;
import org.bursar.metering.EventResult.Rejected;
import org.bursar.metering.MeteringProblems;
import org.bursar.metering.UsageEvent;
import org.bursar.plans.Aggregation;
import org.bursar.plans.Meter;
import org.bursar.plans.PlansProblems;

/** What must be right about each event of a report, against the meters and customers that there are. */
final class EventChecks {
    private static final int LONGEST_ID = 256;
    private static final int LONGEST_SOURCE = 1_024;
    private static final int LONGEST_ATTRIBUTES = 8_192;
    private static final BigDecimal TOO_MUCH = BigDecimal.TEN.pow(12);
    private static final Duration FUTURE = Duration.ofDays(1);

    private final Map<String, Meter> meters;
    private final Set<CustomerId> customers;
    private final Instant now;
    private final int lateDays;
    private final boolean wholeTenant;

    EventChecks(Scope scope, Map<String, Meter> meters, Set<CustomerId> customers, Instant now, int lateDays) {
        this.wholeTenant = scope.customers().isEmpty();
        this.meters = meters;
        this.customers = customers;
        this.now = now;
        this.lateDays = lateDays;
    }

    /** Why the event cannot be counted; empty when nothing is wrong. */
    Optional<Rejected> refusal(UsageEvent event) {
        if (!usable(event.id(), LONGEST_ID)) {
            return rejected(MeteringProblems.INVALID_ID, "id is 1 to " + LONGEST_ID + " printable characters");
        }
        if (!usable(event.source(), LONGEST_SOURCE)) {
            return rejected(
                    MeteringProblems.INVALID_SOURCE, "source is 1 to " + LONGEST_SOURCE + " printable characters");
        }
        Meter meter = meters.get(event.meter());
        if (meter == null) {
            return rejected(
                    PlansProblems.UNKNOWN_METER, "type is the key of no meter; POST /api/v1/meters creates one");
        }
        if (!customers.contains(event.customer())) {
            return rejected(MeteringProblems.UNKNOWN_CUSTOMER, "subject is the id of no customer of yours");
        }
        Instant time = event.time().orElse(now);
        if (time.isAfter(now.plus(FUTURE))) {
            return rejected(MeteringProblems.INVALID_TIME, "time is more than a day in the future");
        }
        if (time.isBefore(now.minus(Duration.ofDays(lateDays)))) {
            return rejected(MeteringProblems.INVALID_TIME, "time is more than " + lateDays + " days ago");
        }
        if (event.attributes().map(String::length).orElse(0) > LONGEST_ATTRIBUTES) {
            return rejected(MeteringProblems.INVALID_DATA, "data has at most " + LONGEST_ATTRIBUTES + " characters");
        }
        return meter.aggregation() == Aggregation.COUNT ? Optional.empty() : badQuantity(event.quantity());
    }

    /** The bound is far below what counters hold, so that a slip of one source is told to it and does not fail its whole report. */
    private static Optional<Rejected> badQuantity(Optional<BigDecimal> quantity) {
        if (quantity.isEmpty()) {
            return rejected(
                    MeteringProblems.INVALID_QUANTITY,
                    "data.quantity is required, a decimal in a string such as \"12.5\"");
        }
        if (quantity.get().abs().compareTo(TOO_MUCH) >= 0) {
            return rejected(
                    MeteringProblems.INVALID_QUANTITY,
                    "data.quantity lies between -" + TOO_MUCH + " and " + TOO_MUCH
                            + ", both excluded; use a larger unit or several events");
        }
        return Decimals.fits(quantity.get(), Decimals.AMOUNT_PLACES)
                ? Optional.empty()
                : rejected(MeteringProblems.INVALID_QUANTITY, "data.quantity has at most 6 digits after the point");
    }

    /** The event as it will be counted; nothing is wrong with it. */
    Candidate candidate(int place, UsageEvent event) {
        Meter meter = meters.get(event.meter());
        if (meter == null) {
            throw new IllegalArgumentException("an event that should have been rejected");
        }
        BigDecimal quantity = meter.aggregation() == Aggregation.COUNT
                ? BigDecimal.ONE
                : event.quantity().orElseThrow();
        Instant time = event.time().orElse(now).truncatedTo(ChronoUnit.MICROS);
        UUID key = wholeTenant
                ? EventKey.of(event.source(), event.id())
                : EventKey.of(event.customer(), event.source(), event.id());
        return new Candidate(place, event, meter, time, quantity, key, TypeId.next(Clock.fixed(now, ZoneOffset.UTC)));
    }

    /** Not blank, not long, nothing that PostgreSQL's text cannot hold. */
    private static boolean usable(String text, int longest) {
        return !text.isBlank()
                && text.length() <= longest
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF);
    }

    private static Optional<Rejected> rejected(FieldCode code, String detail) {
        return Optional.of(new Rejected(code, detail));
    }
}

package org.bursar.metering.internal.rest;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UsageEventId;
import org.bursar.metering.StoredEvent;
import org.jspecify.annotations.Nullable;

/** An event that was counted, as it is shown. */
@Schema(name = "CountedUsageEvent")
record EventJson(
        @Schema(description = "our id of the event; source and id are the reporter's")
        UsageEventId event,

        String source,
        String id,
        @Schema(example = "voice-minutes") String meter,
        Instant time,
        @Schema(type = "string") BigDecimal quantity,
        @Schema(type = "string") BigDecimal charge,

        @Schema(type = "string", description = "null for a customer's own users") @Nullable
        BigDecimal cost,

        @Schema(type = "object", description = "what else was in data") @JsonRawValue @Nullable
        String attributes,

        Instant receivedAt) {
    /** The columns of {@link #cells}. */
    static final List<String> HEADER =
            List.of("event", "time", "source", "id", "meter", "quantity", "charge", "cost", "attributes", "receivedAt");

    static EventJson of(Scope scope, StoredEvent event) {
        return new EventJson(
                new UsageEventId(event.eventId()),
                event.source(),
                event.id(),
                event.meterKey(),
                event.time(),
                event.quantity(),
                event.charge(),
                scope.customers().isPresent() ? null : event.cost(),
                event.attributes().orElse(null),
                event.receivedAt());
    }

    /** As a row of CSV. */
    List<@Nullable Object> cells() {
        return Arrays.asList(event, time, source, id, meter, quantity, charge, cost, attributes, receivedAt);
    }

    /** A page of events, for the OpenAPI document. */
    @Schema(name = "CountedUsageEventList")
    record Events(List<EventJson> items, @Nullable String next) {}
}

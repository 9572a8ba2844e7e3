package org.bursar.metering.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A CloudEvent that reports usage, for the OpenAPI document; it is read by {@link CloudEvents}. */
@Schema(
        name = "UsageEvent",
        requiredProperties = {"specversion", "id", "source", "type", "subject"})
record UsageEventForm(
        @Schema(allowableValues = "1.0") String specversion,
        @Schema(example = "e1", maxLength = 256) String id,

        @Schema(example = "/voice/portland", maxLength = 1024)
        String source,

        @Schema(example = "voice-minutes", description = "a meter's key")
        String type,

        @Schema(example = "cus_01h2xcejqtf2nbrexx3vqjhp41", description = "the customer")
        String subject,

        @Schema(description = "now without it; at most a day ahead, at most 35 days ago") @Nullable
        Instant time,

        @Schema(
                description =
                        "quantity, a decimal in a string with at most 6 places and less than 10^12 either way, and whatever"
                                + " else is to be kept, at most 8192 characters",
                example = "{\"quantity\": \"600\"}")
        @Nullable
        Map<String, Object> data) {}

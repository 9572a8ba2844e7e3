package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.plans.Limit;
import org.bursar.plans.RateLimit;
import org.jspecify.annotations.Nullable;

/** What is left of a limit by the minute, as it is shown. */
@Schema(name = "RateLimit")
record RateLimitJson(
        @Schema(type = "string", example = "cus_01h2xcejqtf2nbrexx3vqjhp41")
        CustomerId customer,

        @Schema(
                type = "string",
                allowableValues = {"requests_per_minute"})
        Limit limit,

        @Schema(description = "what plan and add-ons allow in a minute; null: no limit") @Nullable
        Integer size,

        @Schema(description = "what could be taken at once; null without a limit") @Nullable
        Integer remaining,

        @Schema(description = "when all of it can be taken at once again; null: it can") @Nullable
        Instant replenishedAt) {
    static RateLimitJson of(RateLimit left) {
        return new RateLimitJson(
                left.customer(),
                left.limit(),
                VersionJson.nullable(left.size()),
                VersionJson.nullable(left.remaining()),
                left.replenishedAt().orElse(null));
    }

    /** All of a customer's, for the OpenAPI document. */
    @Schema(name = "RateLimitList")
    record Items(List<RateLimitJson> items, @Nullable String next) {}
}

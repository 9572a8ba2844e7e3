package org.bursar.metering.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.bursar.metering.EventResult;
import org.jspecify.annotations.Nullable;

/** What became of one event, as it is shown. */
@Schema(name = "UsageEventResult")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ResultJson(
        @Schema(example = "e1") @Nullable String id,

        @Schema(allowableValues = {"accepted", "duplicate", "rejected"})
        String status,

        @Schema(type = "string", example = "8.50", description = "of accepted and duplicate events") @Nullable
        BigDecimal charge,

        @Schema(example = "unknown_meter", description = "of rejected events") @Nullable
        String code,

        @Schema(description = "of rejected events") @Nullable
        String detail) {

    static ResultJson of(Optional<String> id, EventResult result) {
        String name = id.orElse(null);
        if (result instanceof EventResult.Accepted accepted) {
            return new ResultJson(name, "accepted", accepted.charge(), null, null);
        }
        if (result instanceof EventResult.Duplicate duplicate) {
            return new ResultJson(name, "duplicate", duplicate.charge().orElse(null), null, null);
        }
        EventResult.Rejected rejected = (EventResult.Rejected) result;
        return new ResultJson(name, "rejected", null, rejected.code().code(), rejected.detail());
    }

    /** The results of a batch, in the order in which the events were sent. */
    @Schema(name = "UsageEventResults")
    record Batch(List<ResultJson> results) {}
}

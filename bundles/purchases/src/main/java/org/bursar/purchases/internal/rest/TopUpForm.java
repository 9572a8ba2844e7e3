package org.bursar.purchases.internal.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.SavedMethodId;
import org.bursar.purchases.TopUpDraft;
import org.jspecify.annotations.Nullable;

/** What a customer allows. */
record TopUpForm(
        @Schema(description = "without it the balance is watched and nothing is charged") @Nullable
        Boolean enabled,

        @Schema(types = "string", example = "20.00") @Nullable
        BigDecimal below,

        @JsonProperty("package") @Schema(types = "string") @Nullable
        PackageId packageId,

        @Schema(types = "string") @Nullable SavedMethodId method,
        @Schema(example = "1") @Nullable Integer mostADay,
        @Schema(example = "10") @Nullable Integer mostAMonth,

        @Schema(description = "whether a renewal that is due within a day counts as too low a balance") @Nullable
        Boolean renewals) {
    static final TopUpForm EMPTY = new TopUpForm(null, null, null, null, null, null, null);

    TopUpDraft draft() {
        return new TopUpDraft(enabled, below, packageId, method, mostADay, mostAMonth, renewals);
    }
}

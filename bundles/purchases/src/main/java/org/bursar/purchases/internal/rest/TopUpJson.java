package org.bursar.purchases.internal.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.SavedMethodId;
import org.bursar.purchases.TopUp;
import org.bursar.purchases.TopUpStop;
import org.jspecify.annotations.Nullable;

/** What a customer allows, as JSON. */
record TopUpJson(
        @Schema(types = "string") CustomerId customer,
        boolean enabled,
        @Schema(types = "string", example = "20.00") BigDecimal below,

        @JsonProperty("package") @Schema(types = "string") @Nullable
        PackageId packageId,

        @Schema(description = "what the package cost when this was allowed; no other price is charged") @Nullable
        MoneyJson price,

        @Schema(types = "string") @Nullable BigDecimal credits,
        @Schema(types = "string") @Nullable SavedMethodId method,
        int mostADay,
        int mostAMonth,
        boolean renewals,
        boolean low,
        int declines,
        @Schema(types = "string") @Nullable PurchaseId current,
        @Nullable Instant nextTryAt,

        @Schema(description = "why it was turned off by itself") @Nullable
        TopUpStop stopped,

        String allowedBy,
        Instant allowedAt) {
    static TopUpJson of(TopUp value) {
        Money price = value.price();
        return new TopUpJson(
                value.customer(),
                value.enabled(),
                value.below(),
                value.packageId(),
                price == null ? null : MoneyJson.of(price),
                value.credits(),
                value.method(),
                value.mostADay(),
                value.mostAMonth(),
                value.renewals(),
                value.low(),
                value.declines(),
                value.current(),
                value.nextTryAt(),
                value.stopped(),
                value.allowedBy(),
                value.allowedAt());
    }
}

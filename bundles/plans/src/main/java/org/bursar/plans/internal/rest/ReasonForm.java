package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why a person does something. */
@Schema(name = "SubscriptionReason", requiredProperties = "reason")
record ReasonForm(
        @Schema(maxLength = 500, example = "invoice 12 unpaid") @Nullable
        String reason) {
    static final ReasonForm EMPTY = new ReasonForm(null);
}

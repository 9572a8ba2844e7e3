package org.bursar.purchases.internal.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PackageId;
import org.jspecify.annotations.Nullable;

/** What is to be bought. The server computes the price. */
record PurchaseForm(
        @Schema(types = "string") @Nullable CustomerId customer,

        @JsonProperty("package") @Schema(types = "string") @Nullable
        PackageId packageId,

        @Schema(example = "bank-deposit") @Nullable String gateway) {
    static final PurchaseForm EMPTY = new PurchaseForm(null, null, null);
}

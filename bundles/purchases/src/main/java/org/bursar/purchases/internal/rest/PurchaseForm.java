package org.bursar.purchases.internal.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PackageId;
import org.jspecify.annotations.Nullable;

/** What is to be bought, a package or a plan. The server computes the price. */
record PurchaseForm(
        @Schema(types = "string") @Nullable CustomerId customer,

        @JsonProperty("package") @Schema(types = "string") @Nullable
        PackageId packageId,

        @Schema(
                example = "scale",
                description =
                        "instead of a package: the key or id of a plan whose price the gateway's provider then charges in each cycle")
        @Nullable
        String plan,

        @Schema(example = "bank-deposit") @Nullable String gateway,

        @Schema(
                description =
                        "whether the payer agrees that the provider keeps the payment method, for automatic top-ups")
        @Nullable
        Boolean saveMethod) {
    static final PurchaseForm EMPTY = new PurchaseForm(null, null, null, null, null);
}

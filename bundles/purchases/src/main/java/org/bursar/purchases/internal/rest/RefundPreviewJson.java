package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.bursar.purchases.RefundPreview;

/** What a refund would do, as JSON. */
record RefundPreviewJson(
        MoneyJson refundable,
        MoneyJson amount,
        @Schema(types = "string", example = "500.00") BigDecimal credited,

        @Schema(types = "string", example = "120.00", description = "of that credit in the wallet")
        BigDecimal left,

        @Schema(types = "string", example = "380.00", description = "of that credit used or expired")
        BigDecimal spent,

        @Schema(types = "string", example = "500.00", description = "by the refund")
        BigDecimal taken,

        @Schema(types = "string", example = "120.00") BigDecimal takenFromLot,
        @Schema(types = "string", example = "300.00") BigDecimal balance,
        @Schema(types = "string", example = "-200.00") BigDecimal balanceAfter,
        boolean possible) {
    static RefundPreviewJson of(RefundPreview value) {
        return new RefundPreviewJson(
                MoneyJson.of(value.refundable()),
                MoneyJson.of(value.amount()),
                value.credited(),
                value.left(),
                value.spent(),
                value.taken(),
                value.takenFromLot(),
                value.balance(),
                value.balanceAfter(),
                value.possible());
    }
}

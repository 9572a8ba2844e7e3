package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.bursar.credits.Balance;
import org.bursar.credits.Wholesale;
import org.bursar.kernel.TenantId;

/** What a tenant has with the platform, as it travels. */
@Schema(name = "Wholesale")
record WholesaleJson(
        @Schema(type = "string", example = "ten_01h2xcejqtf2nbrexx3vqjhp41")
        TenantId tenant,

        @Schema(example = "EUR") String unit,

        @Schema(
                type = "string",
                example = "0.40",
                description = "what a unit of the customers' wallets costs the tenant")
        BigDecimal rate,

        @Schema(type = "string", example = "1200.00", description = "below zero is what the tenant owes")
        BigDecimal balance,

        @Schema(type = "string", example = "80.00") BigDecimal held,
        @Schema(type = "string", example = "1120.00") BigDecimal available,

        @Schema(type = "string", example = "500.00", description = "how far below zero holds may go")
        BigDecimal overdraft) {
    static WholesaleJson of(Wholesale.Account account) {
        Balance balance = account.balance();
        return new WholesaleJson(
                account.tenant(),
                balance.unit(),
                account.rate(),
                balance.balance(),
                balance.held(),
                balance.available(),
                balance.overdraft());
    }
}

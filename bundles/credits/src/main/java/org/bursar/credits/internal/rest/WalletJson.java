package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.credits.Balance;
import org.bursar.credits.Wallet;
import org.bursar.kernel.CustomerId;

/** A wallet as it travels. */
@Schema(name = "Wallet")
record WalletJson(
        @Schema(type = "string", example = "cus_01h2xcejqtf2nbrexx3vqjhp41")
        CustomerId customer,

        @Schema(description = "an ISO 4217 currency or the tenant's own credit", example = "USD")
        String unit,

        @Schema(type = "string", example = "488.30", description = "below zero is what the customer owes")
        BigDecimal balance,

        @Schema(type = "string", example = "0.00", description = "reserved by open holds")
        BigDecimal held,

        @Schema(type = "string", example = "488.30", description = "balance less held")
        BigDecimal available,

        @Schema(type = "string", example = "0.00", description = "how far below zero holds and deductions may go")
        BigDecimal overdraft,

        @Schema(description = "how many entries the ledger has")
        long entries,

        Instant createdAt) {
    static WalletJson of(Wallet wallet) {
        Balance balance = wallet.balance();
        return new WalletJson(
                wallet.customer(),
                balance.unit(),
                balance.balance(),
                balance.held(),
                balance.available(),
                balance.overdraft(),
                wallet.lastSeq(),
                wallet.createdAt());
    }
}

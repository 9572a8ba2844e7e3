package org.bursar.credits.internal.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.bursar.credits.Wallets;

/** A wallet and what is in it, as they travel. */
@Schema(name = "WalletContents")
record WalletContentsJson(
        @JsonUnwrapped WalletJson wallet,

        @Schema(description = "those with something left, in the order in which they are spent, at most 100")
        List<LotJson> lots) {
    static WalletContentsJson of(Wallets.Contents contents) {
        return new WalletContentsJson(
                WalletJson.of(contents.wallet()),
                contents.lots().stream().map(LotJson::of).toList());
    }
}

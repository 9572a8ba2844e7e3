package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.bursar.purchases.WebhookAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where the provider sends webhooks.
 *
 * @param previousUntil until when the address before is good; null: there is none
 */
record WebhookJson(
        @Schema(types = "string") String url, @Nullable Instant previousUntil) {
    static WebhookJson of(WebhookAddress address) {
        return new WebhookJson(address.url().toString(), address.previousUntil());
    }
}

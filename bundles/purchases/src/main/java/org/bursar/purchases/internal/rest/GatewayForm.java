package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.bursar.purchases.GatewayInfo;
import org.jspecify.annotations.Nullable;

/** What a tenant chooses of a gateway beside its settings. */
record GatewayForm(
        @Nullable Boolean enabled,

        @Schema(allowableValues = {"live", "test"}) @Nullable
        String mode) {
    static GatewayForm of(GatewayInfo value) {
        return new GatewayForm(value.enabled(), value.live() ? "live" : "test");
    }
}

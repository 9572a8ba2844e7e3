package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayInfo;
import org.jspecify.annotations.Nullable;

/** A gateway as JSON. */
record GatewayJson(
        @Schema(example = "bank-deposit") String id,
        String name,
        GatewayInfo.State state,
        boolean configured,
        boolean enabled,
        @Schema(allowableValues = {"live", "test"}) String mode,
        boolean manual,
        String version,
        List<String> currencies,
        List<GatewayInfo.Field> settings,
        @Nullable String reason) {
    static GatewayJson of(GatewayInfo value) {
        return new GatewayJson(
                value.id(),
                value.name(),
                value.state(),
                value.configured(),
                value.enabled(),
                value.live() ? "live" : "test",
                value.manual(),
                value.version(),
                value.currencies().stream().sorted().toList(),
                value.fields(),
                value.reason());
    }

    /** A gateway as the platform's own admins see it. */
    record BundleJson(String id, String bundle, String version, String apiRange, GatewayInfo.State state) {
        static BundleJson of(GatewayBundle value) {
            return new BundleJson(value.id(), value.bundle(), value.version(), value.apiRange(), value.state());
        }
    }
}

package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayInfo;
import org.bursar.purchases.WebhookAddress;
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

        @Schema(description = "whether purchases through it take saveMethod")
        boolean savesMethods,

        @Schema(
                description =
                        "whether plans can be taken through it, whose price its provider then charges in each cycle")
        boolean collectsPlans,

        @Nullable
        @Schema(
                description =
                        "days between two charges of a monthly plan, where the provider counts days; null: a month",
                example = "30")
        Integer monthDays,

        @Nullable
        @Schema(
                description = "days between two charges of a yearly plan, where the provider counts days; null: a year",
                example = "365")
        Integer yearDays,

        @Schema(description = "whether POST /gateways/{gateway}/webhook/register tells the provider where webhooks go")
        boolean registersWebhooks,

        String version,
        List<String> currencies,
        List<GatewayInfo.Field> settings,
        @Nullable String reason,

        @Nullable @Schema(description = "where the provider sends webhooks; for the tenant's own people")
        WebhookJson webhook) {
    /** As lists show it. */
    static GatewayJson of(GatewayInfo value) {
        return of(value, Optional.empty());
    }

    static GatewayJson of(GatewayInfo value, Optional<WebhookAddress> webhook) {
        return new GatewayJson(
                value.id(),
                value.name(),
                value.state(),
                value.configured(),
                value.enabled(),
                value.live() ? "live" : "test",
                value.manual(),
                value.savesMethods(),
                value.collectsPlans(),
                value.monthDays(),
                value.yearDays(),
                value.registersWebhooks(),
                value.version(),
                value.currencies().stream().sorted().toList(),
                value.fields(),
                value.reason(),
                webhook.map(WebhookJson::of).orElse(null));
    }

    /** A gateway as the platform's own admins see it. */
    @Schema(name = "GatewayBundle")
    record BundleJson(
            @Schema(example = "bank-deposit") String id,
            String bundle,
            String version,
            @Schema(example = "[1.0,2)") String apiRange,
            GatewayBundle.State state,

            @Schema(description = "SHA-256 of the jar; null for what came with the distribution") @Nullable
            String digest,

            @Schema(description = "Whom the certificate of its signature names; null when it is not signed") @Nullable
            String signer,

            @Nullable String file,

            @Schema(description = "Why it does not run, or what is happening") @Nullable
            String reason) {
        static BundleJson of(GatewayBundle value) {
            return new BundleJson(
                    value.id(),
                    value.bundle(),
                    value.version(),
                    value.apiRange(),
                    value.state(),
                    value.digest(),
                    value.signer(),
                    value.file(),
                    value.reason());
        }
    }
}

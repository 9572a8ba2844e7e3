package org.bursar.webhooks.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.bursar.webhooks.EndpointDraft;
import org.bursar.webhooks.EndpointStatus;
import org.bursar.webhooks.WebhookEndpoint;
import org.jspecify.annotations.Nullable;

/** An address as somebody sends it. */
record EndpointForm(
        @Schema(example = "https://agency.example/hooks/bursar") @Nullable
        String url,

        @Nullable String description,

        @Schema(description = "types, groups such as purchase.*, or *") @Nullable
        List<@Nullable String> events,

        @Schema(description = "who is told when the address is turned off because it fails") @Nullable
        String notifyEmail,

        @Nullable Boolean enabled) {
    static final EndpointForm EMPTY = new EndpointForm(null, null, null, null, null);

    static EndpointForm of(WebhookEndpoint value) {
        return new EndpointForm(
                value.url(),
                value.description(),
                List.copyOf(value.events()),
                value.notifyEmail(),
                value.status() == EndpointStatus.ENABLED);
    }

    EndpointDraft draft() {
        return new EndpointDraft(url, description, events, notifyEmail, enabled);
    }
}

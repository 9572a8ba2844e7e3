package org.bursar.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An address as somebody wants it; it is checked when it is used. */
public record EndpointDraft(
        @Nullable String url,
        @Nullable String description,
        @Nullable List<@Nullable String> events,
        @Nullable String notifyEmail,
        @Nullable Boolean enabled) {}

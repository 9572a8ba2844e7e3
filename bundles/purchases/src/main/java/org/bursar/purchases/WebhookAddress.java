package org.bursar.purchases;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider sends a tenant's webhooks.
 *
 * @param previousUntil until when the address before is good as well; null: there is none
 */
public record WebhookAddress(URI url, @Nullable Instant previousUntil) {}

package org.bursar.purchases;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks that a gateway has not read yet, or whose purchase is still looked for.
 *
 * @param oldest when the one that waits longest came; null: none waits
 */
public record WaitingWebhooks(long count, @Nullable Instant oldest) {}

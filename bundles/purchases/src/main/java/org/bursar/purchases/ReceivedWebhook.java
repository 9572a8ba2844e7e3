package org.bursar.purchases;

import java.time.Instant;
import org.bursar.kernel.PurchaseId;
import org.jspecify.annotations.Nullable;

/**
 * A webhook that came in, without its body.
 *
 * @param id begins with {@code inb_}
 * @param eventId the provider's; null before it was verified
 * @param type the provider's word for it
 * @param receivedAt when it came first: its age is judged by this
 * @param deliveries how often the same body came
 * @param purchase the purchase that it is about, if one was found
 * @param note why it was rejected, or what else there is to know
 */
public record ReceivedWebhook(
        String id,
        String gateway,
        State state,
        @Nullable String eventId,
        @Nullable String type,
        Instant receivedAt,
        int deliveries,
        int attempts,
        @Nullable PurchaseId purchase,
        @Nullable String note) {
    /** How far it is. */
    public enum State {
        /** Nobody has verified it yet. */
        STORED,
        /** It is genuine; its purchase is still looked for. */
        VERIFIED,
        DONE,
        /** The same event came in another body. */
        DUPLICATE,
        /** It is not to be believed, and nothing of it was used. */
        REJECTED
    }
}

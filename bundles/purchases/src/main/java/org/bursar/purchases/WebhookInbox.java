package org.bursar.purchases;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** What providers send. It is stored before anybody looks at it, so that nothing is lost while a gateway is away. */
@ProviderType
public interface WebhookInbox {
    /**
     * Stores a webhook, then has its gateway look at it if that takes no time. Not inside a transaction.
     *
     * @param token of the address that it came to
     * @param body exactly as it came
     * @param headers by names in lower case
     * @param query without the question mark; empty when there was none
     * @throws org.bursar.kernel.ProblemException {@code not_found} when no gateway has the address; {@code too_large};
     *     {@code unavailable} while more than enough wait already; {@code webhook_rejected} when it is not to be believed
     */
    Receipt receive(String token, byte[] body, Map<String, List<String>> headers, String query);

    /** What came in, newest first. */
    Page<ReceivedWebhook> list(
            Scope scope, Optional<String> gateway, Optional<ReceivedWebhook.State> state, Page.Request page);

    /**
     * Looks at a webhook again as if it had just come, but judged by the time at which it came.
     *
     * @param id as {@link ReceivedWebhook#id} shows it
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    ReceivedWebhook replay(Scope scope, String id);

    /** What became of a webhook at once. */
    enum Receipt {
        /** It was verified, now or before. */
        READ,
        /** It is kept, and verified once its gateway is there. */
        KEPT
    }
}

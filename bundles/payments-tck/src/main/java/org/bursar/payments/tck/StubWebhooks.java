package org.bursar.payments.tck;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The webhooks of one account. */
public interface StubWebhooks {
    /** The field of the settings that holds the signing secret; it {@code rotates()}. */
    String secretSetting();

    /** The header that carries the signature, in lower case. */
    String signatureHeader();

    /** The bodies of the events that the provider has sent about a purchase until now, oldest first; at least two once paid. */
    List<byte[]> events(String purchaseId);

    /** The body of an odd event about a purchase: a paid one, but for its oddity. */
    byte[] odd(String purchaseId, Oddity oddity);

    /**
     * Signs as the provider does.
     *
     * @param secrets the signing secrets, each of which signs: several while the provider rotates; a provider that never signs
     *     twice throws {@link UnsupportedOperationException} for more than one
     * @return every header of the delivery, by name in lower case
     */
    Map<String, List<String>> sign(byte[] body, Instant at, List<String> secrets);

    /** Whether the signature covers a time, so that an old delivery can be told from a new one. */
    default boolean timed() {
        return true;
    }

    /** In what an event can be odd. What events of this provider do not show throws {@link UnsupportedOperationException}. */
    enum Oddity {
        /** Of a type that came after the gateway was written. */
        UNKNOWN_TYPE,
        /** Formed by another version of the provider's API. */
        OTHER_API_VERSION,
        /** Of the mode that the account is not in. */
        OTHER_MODE,
        /** About another account. */
        OTHER_ACCOUNT
    }
}

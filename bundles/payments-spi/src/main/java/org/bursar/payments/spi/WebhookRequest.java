package org.bursar.payments.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** A webhook as it came. The platform stored it before anybody looked at it. */
@ProviderType
public interface WebhookRequest {
    /** The exact bytes, at most 1 MiB. */
    byte[] body();

    /** By names in lower case. */
    Map<String, List<String>> headers();

    /** The query of the address, without the question mark; empty when there was none. */
    String query();

    /** When it was first stored. Its age is judged by this and not by the present: it may be handed over days later. */
    Instant receivedAt();
}

package org.bursar.purchases;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A gateway as the platform sees it: one that came with the distribution, or a jar in the folder for gateways.
 *
 * @param id the gateway's id; the symbolic name, or the file's name, while that is not known
 * @param bundle the symbolic name; empty when the jar does not tell
 * @param version the bundle's version; empty when the jar does not tell
 * @param apiRange which versions of the payments SPI it takes; empty when it does not tell
 * @param digest SHA-256 of the jar, 64 hexadecimal digits; null for what came with the distribution
 * @param signer whom the certificate of the jar's signature names; null when it is not signed
 * @param file the jar's name in the folder; null for what came with the distribution
 * @param reason why it does not run, or what is happening; null when it simply runs
 */
public record GatewayBundle(
        String id,
        String bundle,
        String version,
        String apiRange,
        State state,
        @Nullable String digest,
        @Nullable String signer,
        @Nullable String file,
        @Nullable String reason) {
    public GatewayBundle {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
    }

    /** Where it is. */
    public enum State {
        /** Nobody has approved this digest: it does not run. */
        WAITING,
        /** It is approved, and another version of it runs. */
        APPROVED,
        STARTING,
        ACTIVE,
        /** It takes no new checkouts while the calls under way end. */
        DRAINING,
        /** It cannot be read, or it is or wants what a gateway may not; it cannot be approved. */
        REFUSED,
        /** It is approved, but something that it needs is not there. */
        UNRESOLVED,
        /** It failed, hung or took the platform down when it was started; approving it again gives it another try. */
        QUARANTINED,
        /** It runs, but does not even tell what it is. */
        FAILED
    }
}

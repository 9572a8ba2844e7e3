package org.bursar.payments.spi;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What one call may use: whose settings, which mode, how long. Valid during the call only; never keep it. */
@ProviderType
public interface GatewayContext {
    /** The tenant for whom the gateway is called; the same text for the same tenant for ever. */
    String tenantId();

    /** Whether real money moves. It was chosen by the tenant; never guess it from a key. */
    Mode mode();

    /** A setting that is no secret, as its {@link SettingsSchema.Field} describes it; empty when it was left out. */
    Optional<String> setting(String name);

    /**
     * A secret, decrypted for this call: a new array each time, which the caller overwrites after use. Put it into no message,
     * log or field that outlives the call.
     *
     * @throws IllegalArgumentException when no such secret is set
     */
    char[] secret(String name);

    /**
     * The value that a rotating secret had before, while what the provider signed with it may still arrive; a new array, to be
     * overwritten after use. Empty for a secret that never changed.
     */
    Optional<char[]> previousSecret(String name);

    /** Grows with each change of the tenant's settings; what is built from settings is kept by tenant and revision at most. */
    long revision();

    /** What time it is. A gateway asks no other clock. */
    Clock clock();

    /**
     * When the whole call must be over, by {@link #clock()}; with several requests they share it. The thread is interrupted then
     * and the outcome counts as unknown.
     */
    Instant deadline();

    /** Where the provider's API is, when an operator's file says otherwise (tests, an egress proxy); never from a tenant. */
    Optional<URI> apiBase();

    /** Whether real money moves. */
    enum Mode {
        /** The provider pretends: no money moves. */
        TEST,
        /** Money moves. */
        LIVE
    }
}

package org.bursar.gatewaydeployment.internal.shell;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayBundle.State;
import org.bursar.purchases.GatewayJars;
import org.bursar.shell.Listing;

/** What the commands say of jars. */
final class Jars {
    /** A start and a drain, at their longest. */
    private static final Duration PATIENCE = Duration.ofSeconds(130);

    private static final int SHORTEST = 8;

    private Jars() {}

    /** The one jar whose digest begins so. */
    static GatewayBundle byDigest(GatewayJars jars, String digest) {
        String wanted = digest.strip().toLowerCase(Locale.ROOT);
        if (wanted.length() < SHORTEST) {
            throw new IllegalArgumentException("at least " + SHORTEST + " digits of the digest are needed");
        }
        List<GatewayBundle> found = jars.jars().stream()
                .filter(jar -> jar.digest() != null && jar.digest().startsWith(wanted))
                .toList();
        if (found.stream().map(GatewayBundle::digest).distinct().count() != 1) {
            throw new IllegalArgumentException(
                    (found.isEmpty() ? "no jar has" : "several jars have") + " a digest that begins with " + wanted);
        }
        return found.get(0);
    }

    static String told(GatewayBundle jar) {
        return jar.id() + ' ' + jar.version() + " (" + jar.file() + ", signed by "
                + (jar.signer() == null ? "nobody" : jar.signer()) + ", digest " + jar.digest() + ')';
    }

    /** Waits until it runs; whatever else became of it is an error. */
    static Listing settled(GatewayJars jars, String digest) {
        GatewayBundle jar = jars.settled(digest, PATIENCE)
                .orElseThrow(() -> new IllegalStateException("the jar has gone from the folder"));
        if (jar.state() != State.ACTIVE) {
            throw new IllegalStateException(jar.id() + ' ' + jar.version() + " is "
                    + jar.state().name().toLowerCase(Locale.ROOT) + ": " + jar.reason());
        }
        return new Listing("id", "state", "version", "digest").row(jar.id(), jar.state(), jar.version(), jar.digest());
    }
}

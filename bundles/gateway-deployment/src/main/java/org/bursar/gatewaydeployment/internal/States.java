package org.bursar.gatewaydeployment.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bursar.gatewaydeployment.internal.sql.ApprovalRow;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayBundle.State;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** What is to be said of each jar: where it is, and why. */
final class States {
    private static final int SHORT = 12;

    private final Map<String, String> unresolved = new ConcurrentHashMap<>();
    private volatile @Nullable String starting;
    private volatile @Nullable String draining;

    /** The version that runs of a symbolic name. */
    record Runs(String digest, String id, Version version) {}

    private record Said(State state, @Nullable String reason) {}

    void starting(@Nullable String digest) {
        starting = digest;
    }

    void draining(@Nullable String digest) {
        draining = digest;
    }

    void unresolved(String digest, String reason) {
        unresolved.put(digest, reason);
    }

    boolean unresolved(String digest) {
        return unresolved.containsKey(digest);
    }

    void resolved(String digest) {
        unresolved.remove(digest);
    }

    /**
     * A row of {@code gateway:list}.
     *
     * @param approval null when nobody approved it
     * @param runs what runs of the same symbolic name; null when nothing does
     * @param replaced whether another file is where this one was
     */
    GatewayBundle row(GatewayJar jar, @Nullable ApprovalRow approval, @Nullable Runs runs, boolean replaced) {
        Said said = said(jar, approval, runs, replaced);
        return new GatewayBundle(
                runs != null && runs.digest().equals(jar.digest()) ? runs.id() : jar.id(),
                jar.symbolicName(),
                jar.version(),
                jar.apiRange(),
                said.state(),
                jar.digest().isEmpty() ? null : jar.digest(),
                jar.signer(),
                jar.file(),
                said.reason());
    }

    private Said said(GatewayJar jar, @Nullable ApprovalRow approval, @Nullable Runs runs, boolean replaced) {
        String digest = jar.digest();
        if (jar.fault() != null) {
            return new Said(State.REFUSED, jar.fault());
        }
        if (runs != null && runs.digest().equals(digest)) {
            return digest.equals(draining)
                    ? new Said(State.DRAINING, "it is being replaced or removed; no checkouts begin meanwhile")
                    : new Said(
                            State.ACTIVE,
                            replaced ? "its file was replaced; this version goes on until another is approved" : null);
        }
        if (digest.equals(starting)) {
            return new Said(State.STARTING, null);
        }
        String beside = runs == null ? "" : "; version " + runs.version() + " runs";
        if (approval == null) {
            return new Said(
                    State.WAITING, "nobody has approved it: gateway:approve " + digest.substring(0, SHORT) + beside);
        }
        if (approval.quarantine() != null) {
            return new Said(State.QUARANTINED, approval.quarantine() + beside);
        }
        String missing = unresolved.get(digest);
        if (missing != null) {
            return new Said(State.UNRESOLVED, missing + beside);
        }
        return runs == null
                ? new Said(State.STARTING, "it is approved, and about to be started")
                : new Said(State.APPROVED, "version " + runs.version() + " runs; gateway:update chooses this one");
    }
}

package org.bursar.gatewaydeployment.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.bursar.gatewaydeployment.internal.sql.ApprovalRow;
import org.osgi.framework.Version;

/**
 * Which jar of each symbolic name is to run: of those that are there, sound, approved and not in quarantine, the one that was chosen
 * last. One that runs already goes on although it was quarantined elsewhere, until another is chosen or it is gone.
 */
record Plan(Map<String, GatewayJar> wanted) {
    Plan {
        wanted = Map.copyOf(wanted);
    }

    /**
     * Makes one.
     *
     * @param present the jars that are there
     * @param approvals by digest
     * @param running the digest that runs, by symbolic name
     */
    static Plan of(Collection<GatewayJar> present, Map<String, ApprovalRow> approvals, Map<String, String> running) {
        Comparator<GatewayJar> choice = Comparator.<GatewayJar, java.time.Instant>comparing(jar ->
                        Objects.requireNonNull(approvals.get(jar.digest())).chosenAt())
                .thenComparing(jar -> version(jar.version()))
                .thenComparing(GatewayJar::digest);
        Map<String, GatewayJar> wanted = new HashMap<>();
        for (GatewayJar jar : present) {
            ApprovalRow approval = approvals.get(jar.digest());
            if (jar.sound() && approval != null && approval.quarantine() == null) {
                wanted.merge(jar.symbolicName(), jar, (one, other) -> choice.compare(one, other) >= 0 ? one : other);
            }
        }
        for (GatewayJar jar : present) {
            boolean runs = jar.digest().equals(running.get(jar.symbolicName()));
            if (jar.sound() && runs && approvals.containsKey(jar.digest())) {
                wanted.putIfAbsent(jar.symbolicName(), jar);
            }
        }
        return new Plan(wanted);
    }

    /** The digest that a symbolic name's jar is to have. */
    Optional<String> digest(String symbolicName) {
        return Optional.ofNullable(wanted.get(symbolicName)).map(GatewayJar::digest);
    }

    /** In an order that stays. */
    Map<String, GatewayJar> byName() {
        return new TreeMap<>(wanted);
    }

    /** A sound jar's version can be read; whatever cannot comes first. */
    static Version version(String text) {
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException e) {
            return Version.emptyVersion;
        }
    }
}

package org.bursar.purchases;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ConsumerType;

/** Gateways that an operator puts into a folder, and that run once their digest is approved. */
@ConsumerType
public interface GatewayJars {
    /** Every jar in the folder of this node, and every one that runs here. */
    List<GatewayBundle> jars();

    /**
     * Approves a digest, on every node that has such a jar: it is started, in place of the version that runs, if one does. It is
     * given another try if it was quarantined. Joins the caller's transaction; what follows from it follows later.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when no jar of this node has the digest; {@code gateway_refused}
     */
    void approve(Scope scope, String digest);

    /**
     * Runs an approved version in place of the one that runs. Joins the caller's transaction; what follows from it follows later.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@code gateway_not_approved}; {@code gateway_refused}
     */
    void update(Scope scope, String digest);

    /**
     * What has become of a jar, once this node has done what was approved until now.
     *
     * @param patience how long that is awaited; after it the answer is how far it is
     */
    Optional<GatewayBundle> settled(String digest, Duration patience);
}

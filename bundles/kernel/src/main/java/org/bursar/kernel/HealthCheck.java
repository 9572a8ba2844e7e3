package org.bursar.kernel;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Something that must be well before requests are served. Register it as a service; {@code /health/ready} asks it. */
@ConsumerType
public interface HealthCheck {
    /** What is checked, in one word. */
    String name();

    /** What is wrong, without secrets; empty when all is well. Answers within a second. */
    Optional<String> problem();

    /** What somebody should look at although requests are served, without secrets. Answers within a second. */
    default List<String> warnings() {
        return List.of();
    }
}

package org.bursar.kernel;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Figures of a capability, for {@code /metrics}. Register it as a service. */
@ConsumerType
public interface Figures {
    /** Whose figures they are, in kebab-case and unique. */
    String source();

    /**
     * How often they are read. Zero: whenever somebody looks, so they must be at hand, without the database. Otherwise in the
     * background, so long after the reading before; what was read last is shown meanwhile.
     */
    Duration every();

    /**
     * Reads them. Whatever is thrown is counted, and shown as {@code bursar_figures_up 0} of this source; other sources and what
     * was read before are not harmed.
     */
    List<Figure> read();
}

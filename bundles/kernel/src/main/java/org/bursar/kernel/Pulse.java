package org.bursar.kernel;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Tells whether something that people look at has changed since they did, for pages that stay open. Register it as a service. It is
 * asked about once a second for everybody who looks at the same, so it is one small statement that finds an index, and it writes
 * nothing: what was changed on another node, by a webhook or by use is seen as well as what was done here.
 */
@ConsumerType
public interface Pulse {
    /** What it is about, in one word of small letters, such as {@code purchases}. */
    String about();

    /** The permission that who is told must have, since who is told learns that something happened. */
    String permission();

    /**
     * A text that differs when something has changed for somebody who sees the whole tenant; empty when there is none. It need not
     * tell what was changed, and two changes at once may be one difference.
     *
     * @param scope a whole tenant
     */
    String ofTenant(Scope scope);

    /**
     * The same for each customer by itself; those of whom nothing is known may be left out.
     *
     * @param scope limited to the customers that are asked about
     */
    Map<CustomerId, String> ofCustomers(Scope scope);
}

package org.bursar.identity;

import java.util.OptionalInt;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ConsumerType;

/** How many users a customer may have. Implemented by plans; without an implementation there is no limit. */
@ConsumerType
public interface SeatLimit {
    /** The limit of the customer's plan; empty when it sets none. */
    OptionalInt seats(Scope scope, CustomerId customer);
}

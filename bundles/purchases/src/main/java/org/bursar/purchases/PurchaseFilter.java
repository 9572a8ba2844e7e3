package org.bursar.purchases;

import java.util.Optional;
import org.bursar.kernel.CustomerId;

/** Which purchases are asked for; what is empty does not matter. */
public record PurchaseFilter(Optional<CustomerId> customer, Optional<PurchaseState> state, Optional<String> gateway) {
    /** All of them. */
    public static final PurchaseFilter ALL = new PurchaseFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /** One customer's. */
    public static PurchaseFilter of(CustomerId customer) {
        return new PurchaseFilter(Optional.of(customer), Optional.empty(), Optional.empty());
    }

    /** Those in a state. */
    public static PurchaseFilter of(PurchaseState state) {
        return new PurchaseFilter(Optional.empty(), Optional.of(state), Optional.empty());
    }
}

package org.bursar.purchases;

import java.time.Instant;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;

/**
 * Which purchases are asked for; what is empty does not matter.
 *
 * @param text a purchase's number ({@code PUR-10482} or {@code 10482}), its provider's reference, or a part of the customer's name or
 *     of its admin's e-mail, in any case
 * @param price exactly what it costs, as somebody reads it on a bank statement
 * @param from when they were placed, included
 * @param to when they were placed, not included
 */
public record PurchaseFilter(
        Optional<CustomerId> customer,
        Optional<PurchaseState> state,
        Optional<String> gateway,
        Optional<String> text,
        Optional<Money> price,
        Optional<Instant> from,
        Optional<Instant> to) {
    /** All of them. */
    public static final PurchaseFilter ALL = new PurchaseFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /** Those of a customer, in a state, through a gateway, whenever they were placed. */
    public PurchaseFilter(Optional<CustomerId> customer, Optional<PurchaseState> state, Optional<String> gateway) {
        this(customer, state, gateway, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** One customer's. */
    public static PurchaseFilter of(CustomerId customer) {
        return new PurchaseFilter(Optional.of(customer), Optional.empty(), Optional.empty());
    }

    /** Those in a state. */
    public static PurchaseFilter of(PurchaseState state) {
        return new PurchaseFilter(Optional.empty(), Optional.of(state), Optional.empty());
    }
}

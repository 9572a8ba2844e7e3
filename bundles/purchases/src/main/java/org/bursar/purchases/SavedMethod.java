package org.bursar.purchases;

import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.SavedMethodId;

/**
 * A payment method that a provider keeps for a customer, who agreed to it when paying.
 *
 * @param live whether real money moves
 */
public record SavedMethod(
        SavedMethodId id, CustomerId customer, String gateway, boolean live, boolean active, Instant createdAt) {}

package org.bursar.credits;

import java.time.Instant;
import org.bursar.kernel.CustomerId;

/**
 * A customer's wallet.
 *
 * @param lastSeq the number of its entries
 * @param version counts changes; the ETag
 */
public record Wallet(CustomerId customer, Balance balance, long lastSeq, Instant createdAt, long version) {}

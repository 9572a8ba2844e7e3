package org.bursar.credits;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is going to be taken from wallets by itself, told by whoever takes it. It lies here, beside the wallets, so that those who fill
 * them need to know neither plans nor their bundle.
 */
@ProviderType
public interface Renewals {
    /** Whether the customer has ended its subscription, or a person has stopped its service: nothing is bought for it by itself. */
    boolean over(Scope scope, CustomerId customer);

    /** What is taken next, or should have been; empty when nothing will be, or a provider brings it of its own accord. */
    Optional<Due> next(Scope scope, CustomerId customer);

    /**
     * A renewal.
     *
     * @param at when it is, or was, to be paid
     * @param cost what is taken, in the wallet's unit
     */
    record Due(Instant at, BigDecimal cost) {}
}

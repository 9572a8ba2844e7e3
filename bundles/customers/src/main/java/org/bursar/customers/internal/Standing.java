package org.bursar.customers.internal;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The most restrictive of a customer's states, in lower snake case. */
final class Standing {
    static final String ACTIVE = "active";
    /** Subscription states from the least to the most restrictive. */
    private static final List<String> SUBSCRIPTION = List.of(ACTIVE, "trialing", "past_due", "cancelled", "locked");

    private Standing() {}

    /**
     * The account's own status outranks the subscription's: whoever is locked may still sign in and pay, and whoever is
     * suspended may not even add users.
     *
     * @param subscription its state as plans tells it; null without one
     */
    static String of(AccountStatus account, @Nullable Object subscription) {
        if (account != AccountStatus.ACTIVE) {
            return account.name().toLowerCase(Locale.ROOT);
        }
        return subscription == null ? ACTIVE : subscription.toString().toLowerCase(Locale.ROOT);
    }

    /** The account status that a standing is; null when it is one of the subscription's, under an active account. */
    static @Nullable AccountStatus account(String standing) {
        for (AccountStatus status : AccountStatus.values()) {
            if (status != AccountStatus.ACTIVE
                    && status.name().toLowerCase(Locale.ROOT).equals(standing)) {
                return status;
            }
        }
        return null;
    }

    /** Whether there is such a standing. */
    static boolean known(String standing) {
        return account(standing) != null || SUBSCRIPTION.contains(standing);
    }
}

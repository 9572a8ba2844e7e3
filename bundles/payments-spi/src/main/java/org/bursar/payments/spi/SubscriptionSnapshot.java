package org.bursar.payments.spi;

import java.util.List;
import java.util.Objects;

/** What a provider shows of a subscription that it renews by itself: how it stands, and every payment that it has asked for since. */
public final class SubscriptionSnapshot {
    /** How a subscription stands. */
    public enum Status {
        /** The provider renews it, though a payment may be overdue. */
        RUNNING,
        /** The provider charges nothing for it any longer. */
        ENDED,
        /** The provider shows a status that the gateway does not know; nothing follows from it. */
        UNKNOWN
    }

    private final PaymentRef ref;
    private final Status status;
    private final List<PaymentRef> periods;

    private SubscriptionSnapshot(PaymentRef ref, Status status, List<PaymentRef> periods) {
        this.ref = Objects.requireNonNull(ref, "ref");
        this.status = Objects.requireNonNull(status, "status");
        this.periods = List.copyOf(periods);
    }

    /**
     * A subscription.
     *
     * @param ref what later payments show as {@link PaymentSnapshot#subscription()}
     * @param periods the payments of every period after the first, whatever became of them, in any order; each is a reference that
     *     {@link PaymentGateway#fetch} shows under the same reference. The first period is the checkout's, which the platform knows
     */
    public static SubscriptionSnapshot of(PaymentRef ref, Status status, List<PaymentRef> periods) {
        return new SubscriptionSnapshot(ref, status, periods);
    }

    /** The provider's name of it. */
    public PaymentRef ref() {
        return ref;
    }

    /** How it stands. */
    public Status status() {
        return status;
    }

    /** The payments after the first. */
    public List<PaymentRef> periods() {
        return periods;
    }

    @Override
    public String toString() {
        return "subscription " + ref + " is " + status + " with " + periods;
    }
}

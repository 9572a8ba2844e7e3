package org.bursar.payments.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A payment as the provider shows it now: facts, not a purchase's state, which the platform derives. Amounts are cumulative.
 * An instance never changes; the builder-like methods answer a new one.
 */
public final class PaymentSnapshot {
    /** How far the payment is. What a gateway does not recognise is {@link #UNKNOWN}, which changes nothing and alerts. */
    public enum Phase {
        /** The payer has not paid yet. */
        OPEN,
        /** The money is on its way. */
        PROCESSING,
        /** The provider looks at it before it goes on. */
        HELD_FOR_REVIEW,
        /** Reserved, not captured. */
        AUTHORIZED,
        /** The money was taken. Refunds and disputes, which follow, change neither this nor {@link #captured()}. */
        CAPTURED,
        /** Refused for good. A refusal after which the payer may try again is {@link #OPEN} with a decline. */
        FAILED,
        /** The payer let the time pass. Money may still come. */
        EXPIRED,
        /** Ended by the merchant or the payer, unpaid. */
        CANCELLED,
        /** A status that this version of the gateway does not know. */
        UNKNOWN
    }

    /** How far a dispute is. */
    public enum DisputeStatus {
        /** A question by the bank: no money moved. */
        INQUIRY,
        /** The money was taken back for the time being. */
        OPEN,
        /** Decided for the merchant: the money is back. */
        WON,
        /** Decided for the payer, for good. */
        LOST,
        /** Ended without a decision; the money is where it was. */
        CLOSED,
        /** A status that this version of the gateway does not know. */
        UNKNOWN
    }

    /** How far a refund is. Only what succeeded counts. */
    public enum RefundStatus {
        /** Asked for; the money is still with the merchant, or on its way. */
        PENDING,
        /** Given back. */
        SUCCEEDED,
        /** It did not happen: the money is with the merchant. A refund that had succeeded can fail later. */
        FAILED,
        /** A status that this version of the gateway does not know. */
        UNKNOWN
    }

    private final PaymentRef ref;
    private final Phase phase;
    private final GatewayContext.Mode mode;
    private final Optional<String> purchaseId;
    private final Money captured;
    private final List<Refund> refunds;
    private final List<Dispute> disputes;
    private final boolean reviewOpen;
    private final @Nullable Decline lastDecline;
    private final @Nullable SavedMethodRef savedMethod;
    private final @Nullable PaymentRef subscription;

    private PaymentSnapshot(
            PaymentRef ref,
            Phase phase,
            GatewayContext.Mode mode,
            Optional<String> purchaseId,
            Money captured,
            List<Refund> refunds,
            List<Dispute> disputes,
            boolean reviewOpen,
            @Nullable Decline lastDecline,
            @Nullable SavedMethodRef savedMethod,
            @Nullable PaymentRef subscription) {
        this.ref = Objects.requireNonNull(ref, "ref");
        this.phase = Objects.requireNonNull(phase, "phase");
        this.mode = Objects.requireNonNull(mode, "mode");
        this.purchaseId = Objects.requireNonNull(purchaseId, "purchaseId");
        this.captured = Objects.requireNonNull(captured, "captured");
        this.refunds = List.copyOf(refunds);
        this.disputes = List.copyOf(disputes);
        this.reviewOpen = reviewOpen;
        this.lastDecline = lastDecline;
        this.savedMethod = savedMethod;
        this.subscription = subscription;
    }

    /**
     * The facts that are always there.
     *
     * @param purchaseId as read back from the provider's metadata, not from memory; empty when the provider shows none
     * @param captured cumulative, zero if none, in the currency that was charged
     */
    public static PaymentSnapshot of(
            PaymentRef ref, Phase phase, GatewayContext.Mode mode, Optional<String> purchaseId, Money captured) {
        return new PaymentSnapshot(
                ref, phase, mode, purchaseId, captured, List.of(), List.of(), false, null, null, null);
    }

    /** The same with every refund there was. */
    public PaymentSnapshot withRefunds(List<Refund> all) {
        return new PaymentSnapshot(
                ref,
                phase,
                mode,
                purchaseId,
                captured,
                all,
                disputes,
                reviewOpen,
                lastDecline,
                savedMethod,
                subscription);
    }

    /** The same with every dispute there was. */
    public PaymentSnapshot withDisputes(List<Dispute> all) {
        return new PaymentSnapshot(
                ref,
                phase,
                mode,
                purchaseId,
                captured,
                refunds,
                all,
                reviewOpen,
                lastDecline,
                savedMethod,
                subscription);
    }

    /** The same with a review by the provider open, or not: while it is, nothing is credited. */
    public PaymentSnapshot withReviewOpen(boolean open) {
        return new PaymentSnapshot(
                ref,
                phase,
                mode,
                purchaseId,
                captured,
                refunds,
                disputes,
                open,
                lastDecline,
                savedMethod,
                subscription);
    }

    /** The same with the last refusal. */
    public PaymentSnapshot withLastDecline(Decline decline) {
        return new PaymentSnapshot(
                ref,
                phase,
                mode,
                purchaseId,
                captured,
                refunds,
                disputes,
                reviewOpen,
                decline,
                savedMethod,
                subscription);
    }

    /** The same with the method that the provider keeps. */
    public PaymentSnapshot withSavedMethod(SavedMethodRef method) {
        return new PaymentSnapshot(
                ref,
                phase,
                mode,
                purchaseId,
                captured,
                refunds,
                disputes,
                reviewOpen,
                lastDecline,
                method,
                subscription);
    }

    /**
     * The same with the subscription of the provider's that this payment is a period of: what {@link SubscriptionControl} is
     * asked to end. The payments of later periods name the same one, by which the platform finds whom they belong to.
     */
    public PaymentSnapshot withSubscription(PaymentRef subscriptionRef) {
        return new PaymentSnapshot(
                ref,
                phase,
                mode,
                purchaseId,
                captured,
                refunds,
                disputes,
                reviewOpen,
                lastDecline,
                savedMethod,
                Objects.requireNonNull(subscriptionRef, "subscriptionRef"));
    }

    /** Which payment. */
    public PaymentRef ref() {
        return ref;
    }

    /** How far it is. */
    public Phase phase() {
        return phase;
    }

    /** In which mode the provider has it. */
    public GatewayContext.Mode mode() {
        return mode;
    }

    /** The purchase that the provider's metadata names. */
    public Optional<String> purchaseId() {
        return purchaseId;
    }

    /** What was taken in all. */
    public Money captured() {
        return captured;
    }

    /** Every refund. */
    public List<Refund> refunds() {
        return refunds;
    }

    /** Every dispute. */
    public List<Dispute> disputes() {
        return disputes;
    }

    /** Whether the provider looks at it before it goes on. */
    public boolean reviewOpen() {
        return reviewOpen;
    }

    /** The last refusal. */
    public Optional<Decline> lastDecline() {
        return Optional.ofNullable(lastDecline);
    }

    /** The method that the provider keeps. */
    public Optional<SavedMethodRef> savedMethod() {
        return Optional.ofNullable(savedMethod);
    }

    /** The provider's subscription of which this payment is a period. */
    public Optional<PaymentRef> subscription() {
        return Optional.ofNullable(subscription);
    }

    /** Every fact, for operators and tests; equal snapshots have equal texts. */
    @Override
    public String toString() {
        return "payment " + ref + " is " + phase + " in " + mode + ", purchase " + purchaseId.orElse("unnamed")
                + ", captured " + captured + ", refunds " + refunds + ", disputes " + disputes
                + (reviewOpen ? ", under review" : "")
                + (lastDecline == null ? "" : ", last declined as " + lastDecline)
                + (savedMethod == null ? "" : ", saved method " + savedMethod)
                + (subscription == null ? "" : ", subscription " + subscription);
    }

    /** One refund. */
    public static final class Refund {
        private final String id;
        private final RefundStatus status;
        private final Money amount;

        private Refund(String id, RefundStatus status, Money amount) {
            this.id = Objects.requireNonNull(id, "id");
            this.status = Objects.requireNonNull(status, "status");
            this.amount = Objects.requireNonNull(amount, "amount");
        }

        /** A refund by the provider's id. */
        public static Refund of(String id, RefundStatus status, Money amount) {
            return new Refund(id, status, amount);
        }

        /** The provider's id of it. */
        public String id() {
            return id;
        }

        /** How far it is. */
        public RefundStatus status() {
            return status;
        }

        /** How much. */
        public Money amount() {
            return amount;
        }

        @Override
        public String toString() {
            return id + ' ' + status + ' ' + amount;
        }
    }

    /** One dispute. */
    public static final class Dispute {
        private final String id;
        private final DisputeStatus status;
        private final Money amount;

        private Dispute(String id, DisputeStatus status, Money amount) {
            this.id = Objects.requireNonNull(id, "id");
            this.status = Objects.requireNonNull(status, "status");
            this.amount = Objects.requireNonNull(amount, "amount");
        }

        /** A dispute by the provider's id. */
        public static Dispute of(String id, DisputeStatus status, Money amount) {
            return new Dispute(id, status, amount);
        }

        /** The provider's id of it. */
        public String id() {
            return id;
        }

        /** How far it is. */
        public DisputeStatus status() {
            return status;
        }

        /** How much is disputed. */
        public Money amount() {
            return amount;
        }

        @Override
        public String toString() {
            return id + ' ' + status + ' ' + amount;
        }
    }
}

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
        /** The money was taken. Later refunds and disputes do not change this. */
        CAPTURED,
        /** Refused for good. */
        FAILED,
        EXPIRED,
        CANCELLED,
        UNKNOWN
    }

    /** How far a dispute is. */
    public enum DisputeStatus {
        /** A question by the bank: no money moved. */
        INQUIRY,
        /** The money was taken back for the time being. */
        OPEN,
        WON,
        LOST,
        /** Ended without a decision; the money is where it was. */
        CLOSED,
        UNKNOWN
    }

    /** How far a refund is. Only what succeeded counts. */
    public enum RefundStatus {
        PENDING,
        SUCCEEDED,
        FAILED,
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
            @Nullable SavedMethodRef savedMethod) {
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
    }

    /**
     * The facts that are always there.
     *
     * @param purchaseId as read back from the provider's metadata, not from memory; empty when the provider shows none
     * @param captured cumulative, zero if none, in the currency that was charged
     */
    public static PaymentSnapshot of(
            PaymentRef ref, Phase phase, GatewayContext.Mode mode, Optional<String> purchaseId, Money captured) {
        return new PaymentSnapshot(ref, phase, mode, purchaseId, captured, List.of(), List.of(), false, null, null);
    }

    /** The same with every refund there was. */
    public PaymentSnapshot withRefunds(List<Refund> all) {
        return new PaymentSnapshot(
                ref, phase, mode, purchaseId, captured, all, disputes, reviewOpen, lastDecline, savedMethod);
    }

    /** The same with every dispute there was. */
    public PaymentSnapshot withDisputes(List<Dispute> all) {
        return new PaymentSnapshot(
                ref, phase, mode, purchaseId, captured, refunds, all, reviewOpen, lastDecline, savedMethod);
    }

    /** The same with a review by the provider open, or not: while it is, nothing is credited. */
    public PaymentSnapshot withReviewOpen(boolean open) {
        return new PaymentSnapshot(
                ref, phase, mode, purchaseId, captured, refunds, disputes, open, lastDecline, savedMethod);
    }

    /** The same with the last refusal. */
    public PaymentSnapshot withLastDecline(Decline decline) {
        return new PaymentSnapshot(
                ref, phase, mode, purchaseId, captured, refunds, disputes, reviewOpen, decline, savedMethod);
    }

    /** The same with the method that the provider keeps. */
    public PaymentSnapshot withSavedMethod(SavedMethodRef method) {
        return new PaymentSnapshot(
                ref, phase, mode, purchaseId, captured, refunds, disputes, reviewOpen, lastDecline, method);
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
    }
}

package org.bursar.payments.spi;

import java.util.Objects;

/** What became of an operation that moves money. The platform still asks {@link PaymentGateway#fetch} before it credits. */
public abstract sealed class OperationResult {
    private final PaymentRef ref;

    private OperationResult(PaymentRef ref) {
        this.ref = Objects.requireNonNull(ref, "ref");
    }

    /** The provider did it. */
    public static Accepted accepted(PaymentRef ref, PaymentSnapshot snapshot) {
        return new Accepted(ref, snapshot);
    }

    /** The provider took it and will decide. */
    public static Pending pending(PaymentRef ref) {
        return new Pending(ref);
    }

    /** The provider refused it; nothing moved. */
    public static Declined declined(PaymentRef ref, Decline decline) {
        return new Declined(ref, decline);
    }

    /** The payment that it is about. */
    public final PaymentRef ref() {
        return ref;
    }

    /** Done. */
    public static final class Accepted extends OperationResult {
        private final PaymentSnapshot snapshot;

        private Accepted(PaymentRef ref, PaymentSnapshot snapshot) {
            super(ref);
            this.snapshot = Objects.requireNonNull(snapshot, "snapshot");
        }

        /** The payment as the provider's answer showed it. */
        public PaymentSnapshot snapshot() {
            return snapshot;
        }
    }

    /** Under way. */
    public static final class Pending extends OperationResult {
        private Pending(PaymentRef ref) {
            super(ref);
        }
    }

    /** Refused. */
    public static final class Declined extends OperationResult {
        private final Decline decline;

        private Declined(PaymentRef ref, Decline decline) {
            super(ref);
            this.decline = Objects.requireNonNull(decline, "decline");
        }

        /** Why. */
        public Decline decline() {
            return decline;
        }
    }
}

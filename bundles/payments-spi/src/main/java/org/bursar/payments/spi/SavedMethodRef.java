package org.bursar.payments.spi;

import java.util.Objects;

/** A payment method that the provider keeps for a payer. */
public final class SavedMethodRef {
    private final String customerId;
    private final String methodId;

    private SavedMethodRef(String customerId, String methodId) {
        this.customerId = Objects.requireNonNull(customerId, "customerId");
        this.methodId = Objects.requireNonNull(methodId, "methodId");
    }

    /**
     * A reference.
     *
     * @param customerId the payer's id at the provider
     * @param methodId the method's id at the provider
     */
    public static SavedMethodRef of(String customerId, String methodId) {
        return new SavedMethodRef(customerId, methodId);
    }

    /** The payer's id at the provider. */
    public String customerId() {
        return customerId;
    }

    /** The method's id at the provider. */
    public String methodId() {
        return methodId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SavedMethodRef that
                && customerId.equals(that.customerId)
                && methodId.equals(that.methodId);
    }

    @Override
    public int hashCode() {
        return 31 * customerId.hashCode() + methodId.hashCode();
    }

    @Override
    public String toString() {
        return customerId + ' ' + methodId;
    }
}

package org.bursar.payments.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a verified webhook is about. */
public final class WebhookOutcome {
    private final String eventId;
    private final String type;
    private final List<Hint> changed;
    private final boolean understood;

    private WebhookOutcome(String eventId, String type, List<Hint> changed, boolean understood) {
        this.eventId = Objects.requireNonNull(eventId, "eventId");
        this.type = Objects.requireNonNull(type, "type");
        this.changed = List.copyOf(changed);
        this.understood = understood;
    }

    /**
     * An event that was understood.
     *
     * @param eventId the provider's, by which repetitions are known
     * @param type the provider's, for people
     * @param changed the payments to look at; empty: it is of no matter here
     */
    public static WebhookOutcome of(String eventId, String type, List<Hint> changed) {
        return new WebhookOutcome(eventId, type, changed, true);
    }

    /** A genuine event of a type that the gateway does not know: it is kept for operators and acknowledged. */
    public static WebhookOutcome notUnderstood(String eventId, String type) {
        return new WebhookOutcome(eventId, type, List.of(), false);
    }

    /** By which repetitions are known. */
    public String eventId() {
        return eventId;
    }

    /** The provider's word for it. */
    public String type() {
        return type;
    }

    /** The payments to look at. */
    public List<Hint> changed() {
        return changed;
    }

    /** Whether the gateway knows events of this type. */
    public boolean understood() {
        return understood;
    }

    @Override
    public String toString() {
        return type + ' ' + eventId + (understood ? " about " + changed : ", not understood");
    }

    /** One payment to look at. */
    public static final class Hint {
        private final PaymentRef ref;
        private final Optional<String> purchaseId;

        private Hint(PaymentRef ref, Optional<String> purchaseId) {
            this.ref = Objects.requireNonNull(ref, "ref");
            this.purchaseId = Objects.requireNonNull(purchaseId, "purchaseId");
        }

        /**
         * A hint.
         *
         * @param purchaseId from the event's metadata, if it is there: an event may come before the checkout was stored
         */
        public static Hint of(PaymentRef ref, Optional<String> purchaseId) {
            return new Hint(ref, purchaseId);
        }

        /** Which payment. */
        public PaymentRef ref() {
            return ref;
        }

        /** Which purchase, if the event says so. */
        public Optional<String> purchaseId() {
            return purchaseId;
        }

        @Override
        public String toString() {
            return ref + purchaseId.map(purchase -> " of purchase " + purchase).orElse("");
        }
    }
}

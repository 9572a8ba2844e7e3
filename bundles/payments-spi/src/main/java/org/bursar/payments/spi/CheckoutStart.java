package org.bursar.payments.spi;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the payer does next. */
public abstract sealed class CheckoutStart {
    private final PaymentRef ref;

    private CheckoutStart(PaymentRef ref) {
        this.ref = Objects.requireNonNull(ref, "ref");
    }

    /** The payer goes to a page of the provider's. */
    public static Redirect redirect(PaymentRef ref, URI url, Instant expiresAt) {
        return new Redirect(ref, url, expiresAt);
    }

    /**
     * The payer pays by hand, as the lines say.
     *
     * @param reference what the payer quotes, so that the money is recognised
     */
    public static Instructions.Builder instructions(PaymentRef ref, String reference) {
        return new Instructions.Builder(ref, reference);
    }

    /** Paid or refused at once. The platform still asks {@link PaymentGateway#fetch} before it credits anything. */
    public static Done done(PaymentRef ref) {
        return new Done(ref);
    }

    /** What the provider calls this payment. */
    public final PaymentRef ref() {
        return ref;
    }

    /** Go to a page. */
    public static final class Redirect extends CheckoutStart {
        private final URI url;
        private final Instant expiresAt;

        private Redirect(PaymentRef ref, URI url, Instant expiresAt) {
            super(ref);
            this.url = Objects.requireNonNull(url, "url");
            this.expiresAt = Objects.requireNonNull(expiresAt, "expiresAt");
        }

        /** The page; https, except where a test says otherwise. */
        public URI url() {
            return url;
        }

        /** Until when the page can be used. */
        public Instant expiresAt() {
            return expiresAt;
        }
    }

    /** Pay by hand. */
    public static final class Instructions extends CheckoutStart {
        private final String reference;
        private final List<Line> lines;
        private final Optional<Instant> expiresAt;

        private Instructions(Builder builder) {
            super(builder.ref);
            reference = builder.reference;
            lines = List.copyOf(builder.lines);
            expiresAt = builder.expiresAt;
        }

        /** What the payer quotes. */
        public String reference() {
            return reference;
        }

        /** In the order in which they are shown; plain text. */
        public List<Line> lines() {
            return lines;
        }

        /** Until when the money is awaited; empty: as long as the platform waits usually. */
        public Optional<Instant> expiresAt() {
            return expiresAt;
        }

        /** Collects the lines. */
        public static final class Builder {
            private final PaymentRef ref;
            private final String reference;
            private final List<Line> lines = new ArrayList<>();
            private Optional<Instant> expiresAt = Optional.empty();

            private Builder(PaymentRef ref, String reference) {
                this.ref = ref;
                this.reference = Objects.requireNonNull(reference, "reference");
            }

            /** Adds a line below the others. */
            public Builder line(String label, String value) {
                lines.add(new Line(label, value));
                return this;
            }

            /** Sets until when the money is awaited. */
            public Builder expiresAt(Instant instant) {
                expiresAt = Optional.of(instant);
                return this;
            }

            /** The instructions. */
            public Instructions build() {
                return new Instructions(this);
            }
        }
    }

    /** One line of instructions. */
    public static final class Line {
        private final String label;
        private final String value;

        private Line(String label, String value) {
            this.label = Objects.requireNonNull(label, "label");
            this.value = Objects.requireNonNull(value, "value");
        }

        /** What it is, such as {@code IBAN}. */
        public String label() {
            return label;
        }

        /** What the payer needs, to be copied as it is. */
        public String value() {
            return value;
        }
    }

    /** Nothing: the provider has decided. */
    public static final class Done extends CheckoutStart {
        private Done(PaymentRef ref) {
            super(ref);
        }
    }
}

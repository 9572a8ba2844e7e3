package org.bursar.payments.spi;

/** What a provider calls a payment. */
public final class PaymentRef {
    private static final int LONGEST_KIND = 60;
    private static final int LONGEST_ID = 255;

    private final String kind;
    private final String id;

    private PaymentRef(String kind, String id) {
        this.kind = printable("kind", kind, LONGEST_KIND);
        this.id = printable("id", id, LONGEST_ID);
    }

    /**
     * A reference.
     *
     * @param kind chosen by the gateway, such as {@code checkout.session}; 1 to 60 printable ASCII characters
     * @param id the provider's; 1 to 255 printable ASCII characters
     * @throws IllegalArgumentException when one of them is not of that form
     */
    public static PaymentRef of(String kind, String id) {
        return new PaymentRef(kind, id);
    }

    private static String printable(String what, String text, int longest) {
        if (text.isEmpty() || text.length() > longest || text.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            throw new IllegalArgumentException(what + " has 1 to " + longest + " printable ASCII characters");
        }
        return text;
    }

    /** Which of the provider's objects it is. */
    public String kind() {
        return kind;
    }

    /** The provider's id of it. */
    public String id() {
        return id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PaymentRef that && kind.equals(that.kind) && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + id.hashCode();
    }

    @Override
    public String toString() {
        return kind + ' ' + id;
    }
}

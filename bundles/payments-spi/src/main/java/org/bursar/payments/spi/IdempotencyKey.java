package org.bursar.payments.spi;

/**
 * Names one operation for ever. The platform makes and stores it before the first call and uses it for each repetition; a
 * gateway sends it as it is and never derives another.
 */
public final class IdempotencyKey {
    private static final int LONGEST = 200;

    private final String value;

    private IdempotencyKey(String value) {
        if (value.isEmpty() || value.length() > LONGEST || value.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            throw new IllegalArgumentException("a key has 1 to " + LONGEST + " printable ASCII characters");
        }
        this.value = value;
    }

    /** A key of 1 to 200 printable ASCII characters. */
    public static IdempotencyKey of(String value) {
        return new IdempotencyKey(value);
    }

    /** Its text. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdempotencyKey that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}

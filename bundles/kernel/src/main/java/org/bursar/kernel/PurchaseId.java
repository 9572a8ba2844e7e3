package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a purchase. */
public record PurchaseId(UUID uuid) implements Id {
    public static final String PREFIX = "pur";

    /** A new one. */
    public static PurchaseId next(Clock clock) {
        return new PurchaseId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static PurchaseId fromString(String text) {
        return new PurchaseId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}

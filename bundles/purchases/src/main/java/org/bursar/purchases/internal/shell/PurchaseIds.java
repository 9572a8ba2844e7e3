package org.bursar.purchases.internal.shell;

import org.bursar.kernel.PurchaseId;

/** Reads ids as somebody typed them. */
final class PurchaseIds {
    private PurchaseIds() {}

    static PurchaseId read(String text) {
        try {
            return PurchaseId.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a purchase's id, which begins with pur_: " + text, e);
        }
    }
}

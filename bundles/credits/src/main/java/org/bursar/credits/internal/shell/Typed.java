package org.bursar.credits.internal.shell;

import java.math.BigDecimal;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.UserId;

/** What was typed, as what it stands for. */
final class Typed {
    private Typed() {}

    static BigDecimal decimal(String text) {
        try {
            return Decimals.parse(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number such as 10.00: " + text, e);
        }
    }

    static UserId user(String text) {
        try {
            return UserId.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a user's id, which begins with usr_: " + text, e);
        }
    }
}

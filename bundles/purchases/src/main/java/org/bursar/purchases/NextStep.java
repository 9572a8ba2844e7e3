package org.bursar.purchases;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the payer does next. */
public sealed interface NextStep {
    /**
     * Pay by hand.
     *
     * @param lines plain text, in the order in which they are shown
     * @param reference what the payer quotes
     * @param expiresAt until when the money is awaited
     */
    record Instructions(
            List<Line> lines, String reference, @Nullable Instant expiresAt) implements NextStep {
        public Instructions {
            lines = List.copyOf(lines);
        }
    }

    /** One line of instructions. */
    record Line(String label, String value) {}

    /** Go to a page of the provider's. */
    record Redirect(URI url, Instant expiresAt) implements NextStep {}

    /** Wait and do not pay again: whether the checkout came about is being found out. */
    record Wait() implements NextStep {}
}

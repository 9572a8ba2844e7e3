package org.bursar.purchases.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.bursar.purchases.NextStep;
import org.jspecify.annotations.Nullable;

/**
 * What the payer does next: {@code instructions} with lines and the reference to quote, {@code redirect} with an address, or
 * {@code wait}: do not pay again, it is being found out whether the checkout came about.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NextJson(
        @Schema(allowableValues = {"instructions", "redirect", "wait"})
        String type,

        @Nullable List<LineJson> lines,
        @Nullable String reference,
        @Nullable String url,
        @Nullable Instant expiresAt) {
    /** One line of instructions, plain text. */
    record LineJson(String label, String value) {}

    static @Nullable NextJson of(@Nullable NextStep next) {
        if (next instanceof NextStep.Instructions instructions) {
            return new NextJson(
                    "instructions",
                    instructions.lines().stream()
                            .map(line -> new LineJson(line.label(), line.value()))
                            .toList(),
                    instructions.reference(),
                    null,
                    instructions.expiresAt());
        }
        if (next instanceof NextStep.Redirect redirect) {
            return new NextJson("redirect", null, null, redirect.url().toString(), redirect.expiresAt());
        }
        return next == null ? null : new NextJson("wait", null, null, null, null);
    }
}

package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.bursar.credits.NewHold;
import org.bursar.kernel.Checks;
import org.jspecify.annotations.Nullable;

/** What is sent to extend a hold. */
@Schema(name = "HoldExtension", requiredProperties = "ttlSeconds")
record ExtensionForm(
        @Schema(minimum = "1", maximum = "86400", example = "60", description = "from now") @Nullable
        Integer ttlSeconds) {
    static final ExtensionForm EMPTY = new ExtensionForm(null);

    int checked() {
        Checks checks = new Checks();
        int seconds = checks.range("/ttlSeconds", ttlSeconds, 1, NewHold.LONGEST_TTL_SECONDS);
        checks.done();
        return seconds;
    }
}

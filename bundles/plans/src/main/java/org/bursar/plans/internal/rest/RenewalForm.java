package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.bursar.kernel.Checks;
import org.bursar.plans.Leases;
import org.jspecify.annotations.Nullable;

/** What is sent to let a lease last longer. */
@Schema(name = "LeaseRenewal", requiredProperties = "ttlSeconds")
record RenewalForm(
        @Schema(minimum = "1", maximum = "86400", example = "60", description = "counted from now") @Nullable
        Integer ttlSeconds) {
    static final RenewalForm EMPTY = new RenewalForm(null);

    int checked() {
        Checks checks = new Checks();
        int seconds = checks.range("/ttlSeconds", ttlSeconds, 1, Leases.LONGEST_TTL_SECONDS);
        checks.done();
        return seconds;
    }
}

package org.bursar.reporting.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.bursar.reporting.EngagementReport;
import org.jspecify.annotations.Nullable;

/**
 * The engagement report as JSON.
 *
 * @param activeUsers null: nothing tells yet who was active
 * @param missing why a figure is null
 */
record EngagementJson(
        Instant from,
        Instant to,
        long threads,
        long messages,
        long activeCustomers,
        @Schema(types = "integer") @Nullable Long activeUsers,
        Map<String, String> missing) {
    static EngagementJson of(EngagementReport report) {
        return new EngagementJson(
                report.period().from(),
                report.period().to(),
                report.threads(),
                report.messages(),
                report.activeCustomers(),
                null,
                Map.of("activeUsers", "no source yet"));
    }
}

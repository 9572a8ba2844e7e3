package org.bursar.reporting.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.bursar.reporting.BalanceReport;

/** The report of balances as JSON. */
record BalancesJson(List<Line> items) {
    /** The wallets of a unit. */
    @Schema(name = "BalanceLine")
    record Line(
            @Schema(example = "USD") String unit,

            @Schema(description = "how many balances are above zero")
            long above,

            @Schema(types = "string", description = "their sum")
            BigDecimal credit,

            @Schema(description = "how many balances are below zero")
            long below,

            @Schema(types = "string", description = "their sum, without its sign")
            BigDecimal owed) {}

    static BalancesJson of(BalanceReport report) {
        return new BalancesJson(report.lines().stream()
                .map(line -> new Line(line.unit(), line.above(), line.credit(), line.below(), line.owed()))
                .toList());
    }
}

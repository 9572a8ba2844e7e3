package org.bursar.reporting.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.bursar.kernel.Money;
import org.bursar.reporting.RevenueReport;

/** The revenue report as JSON. */
record RevenueJson(Instant from, Instant to, List<Line> items, List<Total> totals) {
    record Amount(@Schema(types = "string") BigDecimal amount, String currency) {
        /** With the currency's digits, and as many as are needed when it has more by itself. */
        static Amount of(BigDecimal amount, String currency) {
            int digits =
                    Math.max(Money.digits(currency), amount.stripTrailingZeros().scale());
            return new Amount(amount.setScale(digits, java.math.RoundingMode.UNNECESSARY), currency);
        }
    }

    record Line(
            LocalDate day,
            String gateway,
            long purchases,
            Amount amount,
            @Schema(types = "string") BigDecimal credits) {}

    record Total(long purchases, Amount amount) {}

    static RevenueJson of(RevenueReport report) {
        return new RevenueJson(
                report.period().from(),
                report.period().to(),
                report.lines().stream()
                        .map(line -> new Line(
                                line.day(),
                                line.gateway(),
                                line.purchases(),
                                Amount.of(line.amount(), line.currency()),
                                line.credits()))
                        .toList(),
                report.amounts().entrySet().stream()
                        .map(sum -> new Total(report.purchases(sum.getKey()), Amount.of(sum.getValue(), sum.getKey())))
                        .toList());
    }
}

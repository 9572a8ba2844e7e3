package org.bursar.web.internal;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a customer has paid in all, as its page shows it: the tenant's own currency first, what was paid in others beside it and never
 * added. Of a tenant that sells credits of its own no currency is its own, and the first stands for it.
 *
 * @param lines by currency
 * @param own the currency that counts; an empty text where nothing was paid to a tenant that has none
 * @param known whether the visitor may see it at all
 */
public record LifetimeValue(List<Facts> lines, String own, boolean known) {
    public LifetimeValue {
        lines = List.copyOf(lines);
    }

    /**
     * From the operation's answer.
     *
     * @param report {@link Facts#NONE} for who may not see it
     * @param unit the tenant's
     */
    public static LifetimeValue of(Facts report, String unit) {
        List<Facts> lines = report.items();
        String first = lines.isEmpty() ? "" : lines.get(0).text("paid/currency");
        return new LifetimeValue(lines, Show.symbol(unit).isEmpty() ? first : unit, report.there());
    }

    private Facts main() {
        return lines.stream()
                .filter(line -> line.is("paid/currency", own))
                .findFirst()
                .orElse(Facts.NONE);
    }

    /** What was paid in all in the tenant's currency; zero where nothing was. */
    public BigDecimal paid() {
        return main().decimal("paid/amount");
    }

    /** How much of it this month. */
    public BigDecimal thisMonth() {
        return main().decimal("inPeriod/amount");
    }

    /** What was paid in other currencies. */
    public List<Facts> others() {
        return lines.stream().filter(line -> !line.is("paid/currency", own)).toList();
    }
}

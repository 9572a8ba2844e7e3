package org.bursar.reporting;

import java.math.BigDecimal;
import java.util.List;

/**
 * What customers have, and what they owe: the balances of all wallets as they are now, those of deleted customers too. What is held
 * for running work is part of a balance.
 *
 * @param lines by unit; a tenant's wallets have one, unless it changed
 */
public record BalanceReport(List<Line> lines) {
    public BalanceReport {
        lines = List.copyOf(lines);
    }

    /**
     * The wallets of a unit.
     *
     * @param above how many balances are above zero
     * @param credit their sum
     * @param below how many are below zero
     * @param owed their sum without its sign, zero or more
     */
    public record Line(String unit, long above, BigDecimal credit, long below, BigDecimal owed) {}
}

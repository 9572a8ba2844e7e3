package org.bursar.web.internal.rest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Visit;

/**
 * The figures above the customer list, for those who may see what the agency earns. They are sums over all customers, so that of many
 * they are asked for after the page.
 *
 * @param recurring what subscriptions bring each month, by currency
 * @param balances what customers have and owe, by unit
 * @param margin this month's charges against their costs
 * @param before the same of the month before
 */
public record CustomersFigures(Facts recurring, Facts balances, Facts margin, Facts before) {
    private static final String MAY = "reports:profitability";
    private static final int PLACES = 6;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static boolean allowed(Visit visit) {
        return visit.may(MAY);
    }

    static CustomersFigures of(Visit visit) {
        Facts margin = visit.maybe(MAY, "/reports/profitability?limit=1");
        return new CustomersFigures(
                visit.maybe(MAY, "/reports/recurring"),
                visit.maybe(MAY, "/reports/balances"),
                margin,
                before(visit, margin));
    }

    /** Without the balances, of which every wallet would be read. */
    static CustomersFigures withoutBalances(Visit visit) {
        Facts margin = visit.maybe(MAY, "/reports/profitability?limit=1");
        return new CustomersFigures(visit.maybe(MAY, "/reports/recurring"), Facts.NONE, margin, before(visit, margin));
    }

    private static Facts before(Visit visit, Facts margin) {
        Instant month = margin.instant("from");
        if (month == null) {
            return Facts.NONE;
        }
        LocalDate first = LocalDate.ofInstant(month, ZoneOffset.UTC).minusMonths(1);
        return visit.maybe(
                MAY,
                Visit.path(
                        "/reports/profitability",
                        "limit",
                        "1",
                        "from",
                        first.toString(),
                        "to",
                        first.plusMonths(1).minusDays(1).toString()));
    }

    /** Whether there is anything to show. */
    public boolean there() {
        return recurring.there() || balances.there() || margin.there();
    }

    /** What is paid each month in the tenant's own currency. */
    public Facts monthly(String unit) {
        return recurring.list("totals").stream()
                .filter(total -> total.is("monthly/currency", unit))
                .findFirst()
                .orElse(Facts.NONE);
    }

    /** What is paid in other currencies, which are never added to it. */
    public List<Facts> others(String unit) {
        List<Facts> others = new ArrayList<>(recurring.list("totals"));
        others.removeIf(total -> total.is("monthly/currency", unit));
        return others;
    }

    /** The balances in the tenant's own unit. */
    public Facts wallets(String unit) {
        return balances.items().stream()
                .filter(line -> line.is("unit", unit))
                .findFirst()
                .orElse(Facts.NONE);
    }

    /** By how many points the margin is another one than in the month before; nothing where there was none to compare with. */
    public Optional<BigDecimal> points() {
        return share(margin)
                .flatMap(now -> share(before).map(then -> now.subtract(then).setScale(1, RoundingMode.HALF_UP)));
    }

    private static Optional<BigDecimal> share(Facts report) {
        BigDecimal charged = report.decimal("charged");
        return charged.signum() == 0
                ? Optional.empty()
                : Optional.of(report.decimal("margin").multiply(HUNDRED).divide(charged, PLACES, RoundingMode.HALF_UP));
    }
}

package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Price;
import org.bursar.plans.SubscribedAddOn;

/** What a plan and its add-ons cost: for a cycle, which is what a renewal takes, and for a month, which is what people see. */
final class RecurringCost {
    private static final int MONTHS_A_YEAR = 12;
    private static final int LONGEST_WORDS = 500;

    private RecurringCost() {}

    /** What a renewal takes, exactly: the plan's price, and each add-on's monthly cost for each month of the cycle. */
    static BigDecimal ofCycle(BigDecimal plan, BillingCycle cycle, List<SubscribedAddOn> addOns) {
        return ofCycle(plan, cycle, monthly(addOns));
    }

    /** The same, given what a month of all add-ons costs. */
    static BigDecimal ofCycle(BigDecimal plan, BillingCycle cycle, BigDecimal addOns) {
        return plan.add(addOns.multiply(BigDecimal.valueOf(months(cycle))));
    }

    /**
     * What a month costs. Add-ons are priced by the month and exact; a yearly plan's month is a twelfth of its price, rounded half
     * even to what its currency has, or the 6 places of a credit. It is shown and never charged.
     */
    static Price ofMonth(Price plan, BillingCycle cycle, List<SubscribedAddOn> addOns) {
        BigDecimal share = cycle == BillingCycle.MONTH
                ? plan.amount()
                : plan.amount()
                        .divide(
                                BigDecimal.valueOf(months(cycle)),
                                PlanTerms.digits(plan.currency()),
                                RoundingMode.HALF_EVEN);
        return new Price(share.add(monthly(addOns)), plan.currency());
    }

    /** What a renewal was for, as a line in the ledger: plan and add-ons, cut where there are very many. */
    static String words(String plan, List<SubscribedAddOn> addOns) {
        StringBuilder words = new StringBuilder(plan);
        for (SubscribedAddOn addOn : addOns) {
            words.append(" + ").append(addOn.name());
            if (addOn.quantity() > 1) {
                words.append(" × ").append(addOn.quantity());
            }
        }
        return words.codePointCount(0, words.length()) <= LONGEST_WORDS
                ? words.toString()
                : words.substring(0, words.offsetByCodePoints(0, LONGEST_WORDS - 1)) + '…';
    }

    /** How many months a cycle has. */
    static int months(BillingCycle cycle) {
        return cycle == BillingCycle.MONTH ? 1 : MONTHS_A_YEAR;
    }

    /** What a month of add-ons costs. */
    static BigDecimal monthly(List<SubscribedAddOn> addOns) {
        BigDecimal sum = BigDecimal.ZERO;
        for (SubscribedAddOn addOn : addOns) {
            sum = sum.add(addOn.monthlyCost().amount());
        }
        return sum;
    }
}

package org.bursar.plans;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bursar.kernel.PlanId;
import org.bursar.plans.Subscriptions.When;

/**
 * What choosing a plan would do at this moment.
 *
 * @param planVersion the version that would hold
 * @param when whether it would take effect at once
 * @param effectiveAt from which instant the plan would hold
 * @param newCycle whether a new cycle would begin then
 * @param credited what is left of the time that was paid, at the price it was paid at
 * @param charged the same time, or a new cycle, at the new price
 * @param entries what would be posted: nothing, or one entry of kind {@code proration}
 * @param available what the wallet could pay, overdraft included; empty where nothing would be charged
 * @param covered whether the wallet covers it; else the change would be refused
 * @param cycleFrom where the present cycle would begin
 * @param cycleTo where it would end
 * @param renewsAt when the next renewal would be due; in the past where one is owed
 * @param nextRenewal what it would take, with add-ons
 * @param monthlyRecurringCost of the plan and the add-ons
 */
public record PlanPreview(
        PlanId plan,
        String planKey,
        String planName,
        int planVersion,
        When when,
        Instant effectiveAt,
        boolean newCycle,
        Price credited,
        Price charged,
        List<Entry> entries,
        Optional<BigDecimal> available,
        boolean covered,
        Instant cycleFrom,
        Instant cycleTo,
        Instant renewsAt,
        Price nextRenewal,
        Price monthlyRecurringCost) {

    public PlanPreview {
        entries = List.copyOf(entries);
    }

    /**
     * One line of the ledger.
     *
     * @param amount signed: below zero takes from the wallet
     */
    public record Entry(BigDecimal amount, String reason) {}
}

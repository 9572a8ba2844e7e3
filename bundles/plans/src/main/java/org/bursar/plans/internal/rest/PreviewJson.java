package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.plans.PlanPreview;
import org.bursar.plans.Subscriptions.When;

/** What choosing a plan would do, as it is shown; what is in the wallet is not told to who may not read wallets. */
@Schema(name = "PlanPreview")
record PreviewJson(
        @Schema(type = "string", example = "cus_01h2xcejqtf2nbrexx3vqjhp41")
        CustomerId customer,

        @Schema(example = "scale") String plan,
        String planName,
        int planVersion,

        @Schema(
                type = "string",
                allowableValues = {"now", "cycle_end"})
        When when,

        @Schema(description = "from which instant the plan would hold; of who is past due, where what was paid ended")
        Instant effectiveAt,

        @Schema(description = "whether a new cycle would begin then")
        boolean newCycle,

        @Schema(description = "what is left of the paid cycle, at the price it was paid at")
        PriceJson credited,

        @Schema(description = "the same time at the new price, or the new cycle")
        PriceJson charged,

        @Schema(description = "what would be posted to the wallet: nothing or one entry")
        List<EntryJson> entries,

        @Schema(description = "whether the wallet covers it; else the change is refused")
        boolean covered,

        @Schema(description = "where the cycle would begin that runs then")
        Instant from,

        Instant to,

        @Schema(description = "when the next renewal would be due; in the past where one is owed")
        Instant renewsAt,

        @Schema(description = "what that renewal would take, with add-ons")
        PriceJson nextRenewal,

        PriceJson monthlyRecurringCost) {
    static PreviewJson of(CustomerId customer, PlanPreview preview) {
        return new PreviewJson(
                customer,
                preview.planKey(),
                preview.planName(),
                preview.planVersion(),
                preview.when(),
                preview.effectiveAt(),
                preview.newCycle(),
                PriceJson.of(preview.credited()),
                PriceJson.of(preview.charged()),
                preview.entries().stream()
                        .map(entry -> new EntryJson("proration", entry.amount(), entry.reason()))
                        .toList(),
                preview.covered(),
                preview.cycleFrom(),
                preview.cycleTo(),
                preview.renewsAt(),
                PriceJson.of(preview.nextRenewal()),
                PriceJson.of(preview.monthlyRecurringCost()));
    }

    /** One line of the ledger. */
    @Schema(name = "PlanPreviewEntry")
    record EntryJson(
            @Schema(example = "proration") String kind,

            @Schema(type = "string", example = "-374.50", description = "below zero is taken from the wallet")
            BigDecimal amount,

            String reason) {}
}

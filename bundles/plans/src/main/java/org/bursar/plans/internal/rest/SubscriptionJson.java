package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.SubscriptionId;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Subscription;
import org.bursar.plans.SubscriptionStatus;
import org.jspecify.annotations.Nullable;

/** A subscription as it is shown. */
@Schema(name = "Subscription")
record SubscriptionJson(
        @Schema(type = "string", example = "sub_01h2xcejqtf2nbrexx3vqjhp41")
        SubscriptionId id,

        @Schema(type = "string", example = "cus_01h2xcejqtf2nbrexx3vqjhp41")
        CustomerId customer,

        @Schema(example = "scale") String plan,
        String planName,
        int planVersion,

        @Schema(
                type = "string",
                allowableValues = {"trialing", "active", "past_due", "locked", "cancelled"})
        SubscriptionStatus status,

        PriceJson price,

        @Schema(
                type = "string",
                allowableValues = {"month", "year"})
        BillingCycle cycle,

        @Schema(
                description =
                        "the plan's price for a month and all add-ons; a yearly plan's month is rounded half even")
        PriceJson monthlyRecurringCost,

        List<SubscribedAddOnJson> addOns,

        @Schema(description = "what the plan allows, with what add-ons raise")
        VersionJson.LimitsJson limits,

        @Schema(description = "where the present cycle began")
        Instant from,

        @Schema(description = "where the next begins") Instant to,

        @Schema(description = "the end of the last cycle that was paid or free, or of the trial")
        Instant paidUntil,

        @Nullable LockJson lock,

        @Schema(description = "the plan that takes over when the cycle ends") @Nullable
        String pendingPlan,

        @Schema(description = "whether it ends with the cycle")
        boolean cancelAtEnd,

        Instant startedAt,
        @Nullable Instant cancelledAt,

        @Schema(
                description =
                        "how a payment provider charges the price of each cycle; null: it is paid from the wallet alone")
        @Nullable
        CollectionJson collection) {
    static SubscriptionJson of(Subscription subscription) {
        return new SubscriptionJson(
                subscription.id(),
                subscription.customer(),
                subscription.planKey(),
                subscription.planName(),
                subscription.planVersion(),
                subscription.status(),
                PriceJson.of(subscription.price()),
                subscription.cycle(),
                PriceJson.of(subscription.monthlyRecurringCost()),
                subscription.addOns().stream().map(SubscribedAddOnJson::of).toList(),
                VersionJson.LimitsJson.of(subscription.limits()),
                subscription.cycleFrom(),
                subscription.cycleTo(),
                subscription.paidUntil(),
                subscription
                        .lock()
                        .map(lock -> new LockJson(lock.at(), lock.by(), lock.reason()))
                        .orElse(null),
                subscription.pendingPlan().orElse(null),
                subscription.cancelAtEnd(),
                subscription.startedAt(),
                subscription.cancelledAt().orElse(null),
                subscription
                        .collection()
                        .map(one -> new CollectionJson(one.purchase(), one.failing()))
                        .orElse(null));
    }

    /** The purchase in which the plan was taken, and whether the provider's last charge failed. */
    @Schema(name = "SubscriptionCollection")
    record CollectionJson(
            @Schema(type = "string", example = "pur_01h2xcejqtf2nbrexx3vqjhp41")
            PurchaseId purchase,

            boolean failing) {}

    /** Who stopped the service, when and why. */
    @Schema(name = "SubscriptionLock")
    record LockJson(Instant at, String by, String reason) {}
}

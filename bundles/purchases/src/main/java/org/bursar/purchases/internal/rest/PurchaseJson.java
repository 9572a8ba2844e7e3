package org.bursar.purchases.internal.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.PurchaseId;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseState;
import org.jspecify.annotations.Nullable;

/** A purchase as JSON. */
record PurchaseJson(
        @Schema(types = "string") PurchaseId id,
        @Schema(example = "PUR-10482") String number,
        @Schema(types = "string") CustomerId customer,

        @JsonProperty("package") @Schema(types = "string") @Nullable
        PackageId packageId,

        @Schema(
                types = "string",
                description =
                        "the purchase in which the plan was taken that this pays a period of; null: it is of a package")
        @Nullable
        PurchaseId planPurchase,

        String title,
        MoneyJson price,
        @Schema(types = "string", example = "500.00") BigDecimal credits,
        @Schema(example = "bank-deposit") String gateway,
        @Schema(allowableValues = {"live", "test"}) String mode,
        PurchaseState status,
        @Schema(types = "string", example = "0.00") BigDecimal credited,
        @Nullable MoneyJson received,
        @Nullable NextJson next,
        @Nullable DecisionJson decision,

        @Schema(description = "who placed it; of a customer's callers only its own users are shown to it") @Nullable
        CreatorJson createdBy,

        @Nullable String alert,
        @Nullable Instant approvedAt,
        @Nullable Instant expiresAt,
        Instant createdAt,
        Instant updatedAt) {
    /** Who placed it: {@code usr_…} a person, {@code key_…} an API key, else a job; name and address are of people who are there. */
    record CreatorJson(
            String by, @Nullable String name, @Nullable String email) {}

    /** Who decided, when, and what on. */
    record DecisionJson(
            String by,
            String name,
            Instant at,
            @Nullable String evidence,
            @Nullable String reason) {}

    /**
     * The purchase.
     *
     * @param forAdmins whether what only the tenant's own people may see is shown: who decided, on what evidence, and alerts
     */
    static PurchaseJson of(Purchase value, boolean forAdmins) {
        Purchase.Decision decision = value.decision();
        Purchase.Creator creator = value.creator();
        return new PurchaseJson(
                value.id(),
                value.number(),
                value.customer(),
                value.packageId(),
                value.planPurchase(),
                value.title(),
                MoneyJson.of(value.price()),
                value.credits(),
                value.gateway(),
                value.live() ? "live" : "test",
                value.state(),
                value.credited(),
                value.received() == null ? null : MoneyJson.of(value.received()),
                NextJson.of(value.next()),
                decision == null || !forAdmins
                        ? null
                        : new DecisionJson(
                                decision.by(), decision.name(), decision.at(), decision.evidence(), decision.reason()),
                forAdmins || creator.name() != null
                        ? new CreatorJson(creator.by(), creator.name(), creator.email())
                        : null,
                forAdmins ? value.alert() : null,
                value.approvedAt(),
                value.expiresAt(),
                value.createdAt(),
                value.updatedAt());
    }
}

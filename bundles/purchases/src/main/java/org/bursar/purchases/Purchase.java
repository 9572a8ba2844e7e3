package org.bursar.purchases;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.PurchaseId;
import org.jspecify.annotations.Nullable;

/**
 * One purchase. Title, price and credits are those of the package, or the plan, when it was bought.
 *
 * @param packageId what was bought; null: a period of a plan
 * @param planPurchase the purchase in which the plan was taken, this one itself for its first period; null: it is of a package
 * @param number short, unique in the tenant, what a payer quotes: {@code PUR-10482}
 * @param gateway the gateway's id
 * @param live whether real money moves
 * @param manual whether people decide: no provider can be asked
 * @param credited what the wallet got for it so far
 * @param received what was paid; null: nothing yet
 * @param next what the payer does next; null: nothing
 * @param decision who approved, declined or cancelled it last; null: nobody
 * @param creator who placed it
 * @param alert what an admin should look at; null: nothing
 * @param approvedAt when the money was first credited
 * @param expiresAt until when the money is awaited
 * @param version counts changes; the ETag
 */
public record Purchase(
        PurchaseId id,
        String number,
        CustomerId customer,
        @Nullable PackageId packageId,
        @Nullable PurchaseId planPurchase,
        String title,
        Money price,
        BigDecimal credits,
        String gateway,
        boolean live,
        boolean manual,
        PurchaseState state,
        BigDecimal credited,
        @Nullable Money received,
        @Nullable NextStep next,
        @Nullable Decision decision,
        Creator creator,
        @Nullable String alert,
        @Nullable Instant approvedAt,
        @Nullable Instant expiresAt,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    /**
     * Who placed a purchase: a user of the customer's, staff, an API key, or a job such as automatic top-ups.
     *
     * @param by the actor's id; {@code usr_…} is a person, {@code key_…} an API key
     * @param name a person's name now; null: no person, one that was erased, or one that the caller may not see
     * @param email the same of the e-mail address
     */
    public record Creator(
            String by, @Nullable String name, @Nullable String email) {}

    /**
     * What a person decided.
     *
     * @param by the actor's id
     * @param name what people call them
     * @param evidence what an approval rests on
     * @param reason why it was declined or cancelled
     */
    public record Decision(
            String by,
            String name,
            Instant at,
            @Nullable String evidence,
            @Nullable String reason) {}
}

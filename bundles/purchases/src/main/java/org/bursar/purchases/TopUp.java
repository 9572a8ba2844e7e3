package org.bursar.purchases;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.SavedMethodId;
import org.jspecify.annotations.Nullable;

/**
 * What a customer allows to be bought when its balance is low.
 *
 * @param enabled whether anything is charged; else it is only told that the balance is low
 * @param below the balance, without what holds reserve, that is too low
 * @param packageId what is bought
 * @param price what it cost when it was allowed: no other price is charged
 * @param credits what it brought when it was allowed
 * @param method what is charged
 * @param mostADay how many charges at most on a day in UTC
 * @param mostAMonth how many charges at most in a month in UTC
 * @param renewals whether a renewal that is due within a day, or is not paid, counts as too low a balance
 * @param low whether the balance was too low when it was last looked at
 * @param declines how many charges in a row were refused; three turn it off
 * @param current the purchase that was made last
 * @param nextTryAt before this nothing is charged again
 * @param stopped why it was turned off by itself
 * @param allowedBy who allowed it
 * @param version counts changes of what is allowed; the ETag
 */
public record TopUp(
        CustomerId customer,
        boolean enabled,
        BigDecimal below,
        @Nullable PackageId packageId,
        @Nullable Money price,
        @Nullable BigDecimal credits,
        @Nullable SavedMethodId method,
        int mostADay,
        int mostAMonth,
        boolean renewals,
        boolean low,
        int declines,
        @Nullable PurchaseId current,
        @Nullable Instant nextTryAt,
        @Nullable TopUpStop stopped,
        String allowedBy,
        Instant allowedAt,
        long version) {}

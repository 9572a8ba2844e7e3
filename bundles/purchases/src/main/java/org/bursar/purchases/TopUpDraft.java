package org.bursar.purchases;

import java.math.BigDecimal;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.SavedMethodId;
import org.jspecify.annotations.Nullable;

/** What a customer wants to allow; it is checked when it is used. */
public record TopUpDraft(
        @Nullable Boolean enabled,
        @Nullable BigDecimal below,
        @Nullable PackageId packageId,
        @Nullable SavedMethodId method,
        @Nullable Integer mostADay,
        @Nullable Integer mostAMonth,
        @Nullable Boolean renewals) {}

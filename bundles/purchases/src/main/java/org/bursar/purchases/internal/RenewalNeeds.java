package org.bursar.purchases.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.bursar.credits.Renewals;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.purchases.internal.sql.TopUpRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a customer's next renewal needs, from a day before it is due on until it is paid: renewals are paid from the wallet. */
@Component(service = RenewalNeeds.class)
public final class RenewalNeeds {
    private static final Duration AHEAD = Duration.ofDays(1);

    private final PresentRenewals renewals;
    private final TenantClocks clocks;

    @Activate
    public RenewalNeeds(@Reference PresentRenewals renewals, @Reference TenantClocks clocks) {
        this.renewals = renewals;
        this.clocks = clocks;
    }

    /** Zero where the customer has not asked for it, nothing is due, or nobody renews. */
    BigDecimal of(Scope scope, TopUpRow row) {
        if (!row.renewals()) {
            return BigDecimal.ZERO;
        }
        Instant horizon = clocks.of(scope.tenant()).instant().plus(AHEAD);
        return renewals.find()
                .flatMap(present -> present.next(scope, row.customerId()))
                .filter(renewal -> !renewal.at().isAfter(horizon))
                .map(Renewals.Due::cost)
                .orElse(BigDecimal.ZERO);
    }
}

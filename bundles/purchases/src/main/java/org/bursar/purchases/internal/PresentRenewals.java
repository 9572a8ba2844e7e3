package org.bursar.purchases.internal;

import java.util.Optional;
import org.bursar.credits.Renewals;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Who renews, while its bundle is there: people buy credit without it, and only charges without the payer wait for it. */
@Component(service = PresentRenewals.class)
public final class PresentRenewals {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Renewals renewals;

    /** It may come later. */
    @Activate
    public PresentRenewals() {
        // the reference is set by the component's runtime
    }

    /** It is there. */
    PresentRenewals(Renewals renewals) {
        this.renewals = renewals;
    }

    Optional<Renewals> find() {
        return Optional.ofNullable(renewals);
    }
}

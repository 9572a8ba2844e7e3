package org.bursar.purchases.internal;

import java.util.Optional;
import org.bursar.credits.PlanSales;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Who keeps plans, while its bundle is there: what was paid is credited without it, and the plan follows once it is back. */
@Component(service = PresentSales.class)
public final class PresentSales {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable PlanSales sales;

    /** It may come later. */
    @Activate
    public PresentSales() {
        // the reference is set by the component's runtime
    }

    /** It is there. */
    PresentSales(PlanSales sales) {
        this.sales = sales;
    }

    Optional<PlanSales> find() {
        return Optional.ofNullable(sales);
    }
}

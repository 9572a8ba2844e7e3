package org.bursar.purchases.internal;

import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.SilentGateways.Told;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.bursar.purchases.internal.sql.TopUpMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes the call of a top-up's purchase, and looks at what came of it. */
@Component(service = TopUpCalls.class)
public final class TopUpCalls {
    private final Database database;
    private final Checkout checkout;
    private final FreshLook look;
    private final CheckoutCancelling cancelling;
    private final PurchaseMapper purchases;
    private final TopUpMapper topUps;

    @Activate
    public TopUpCalls(
            @Reference Database database,
            @Reference Checkout checkout,
            @Reference FreshLook look,
            @Reference CheckoutCancelling cancelling) {
        this.database = database;
        this.checkout = checkout;
        this.look = look;
        this.cancelling = cancelling;
        purchases = database.mapper("purchases", PurchaseMapper.class);
        topUps = database.mapper("purchases", TopUpMapper.class);
    }

    /** Answers what the gateway told. */
    Told make(Scope scope, PurchaseId id) {
        Told told = checkout.attempt(scope, id);
        look.at(scope, id);
        stopRefused(scope, id);
        return told;
    }

    /** A charge that was refused and is still open at the provider waits for a payer who is not there: it is stopped. */
    private void stopRefused(Scope scope, PurchaseId id) {
        boolean planned = database.transact(scope, () -> {
            Optional<PurchaseRow> open = purchases
                    .lock(scope.tenant(), id)
                    .filter(purchase -> purchase.state() == PurchaseState.AWAITING_PAYMENT)
                    .filter(purchase -> topUps.charged(scope.tenant(), id)
                            .filter(charge -> charge.declined() != null)
                            .isPresent());
            return open.isPresent() && cancelling.planIfAble(scope, open.get());
        });
        if (planned) {
            look.at(scope, id);
        }
    }
}

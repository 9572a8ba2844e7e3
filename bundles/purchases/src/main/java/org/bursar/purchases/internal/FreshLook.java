package org.bursar.purchases.internal;

import java.time.Clock;
import org.bursar.database.Database;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.purchases.internal.sql.LookMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Looks at a payment at once, after a call that changed it: what a provider answers to a call moves no credit, what it shows does. */
@Component(service = FreshLook.class)
public final class FreshLook {
    private final Database database;
    private final Settlement settlement;
    private final PurchaseLooks looks;
    private final Clock clock;
    private final LookMapper mapper;

    @Activate
    public FreshLook(
            @Reference Database database,
            @Reference Settlement settlement,
            @Reference PurchaseLooks looks,
            @Reference Clock clock) {
        this.database = database;
        this.settlement = settlement;
        this.looks = looks;
        this.clock = clock;
        mapper = database.mapper("purchases", LookMapper.class);
    }

    /**
     * Asks the provider and settles what it shows; answers whether it told. Until it tells, the job asks again. Not inside a
     * transaction.
     */
    boolean at(Scope scope, PurchaseId id) {
        boolean shown = database.transact(scope, () -> {
            PurchaseRow purchase = settlement.lock(scope, id);
            if (purchase.manual() || purchase.refId() == null) {
                return false;
            }
            mapper.hinted(scope.tenant(), id, clock.instant());
            return true;
        });
        return shown && looks.look(scope, id) == PurchaseLooks.Seen.DONE;
    }
}

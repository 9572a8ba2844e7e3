package org.bursar.purchases.internal;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseReconciler;
import org.bursar.purchases.Purchases;
import org.bursar.purchases.internal.sql.LookMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A look that a person asks for. */
@Component(service = PurchaseReconciler.class)
public final class PersonalLook implements PurchaseReconciler {
    private final Database database;
    private final Audit audit;
    private final Settlement settlement;
    private final PurchaseLooks looks;
    private final Purchases purchases;
    private final Clock clock;
    private final LookMapper mapper;

    @Activate
    public PersonalLook(
            @Reference Database database,
            @Reference Audit audit,
            @Reference Settlement settlement,
            @Reference PurchaseLooks looks,
            @Reference Purchases purchases,
            @Reference Clock clock) {
        this.database = database;
        this.audit = audit;
        this.settlement = settlement;
        this.looks = looks;
        this.purchases = purchases;
        this.clock = clock;
        mapper = database.mapper("purchases", LookMapper.class);
    }

    @Override
    public Purchase lookNow(Scope scope, PurchaseId id) {
        scope.requireWholeTenant();
        boolean somethingToSee = database.transact(scope, () -> due(scope, id));
        if (somethingToSee) {
            var unused = looks.look(scope, id);
        }
        return purchases.get(scope, id);
    }

    /** Of a purchase that people decide there is nothing to be asked once its instructions are there. */
    private boolean due(Scope scope, PurchaseId id) {
        PurchaseRow purchase = settlement.lock(scope, id);
        if (purchase.manual() && purchase.refId() != null) {
            return false;
        }
        mapper.hinted(scope.tenant(), id, clock.instant());
        audit.record(
                scope,
                "purchase.reconcile",
                id.toString(),
                Optional.of(purchase.customerId()),
                null,
                Map.of("status", purchase.state()));
        return true;
    }
}

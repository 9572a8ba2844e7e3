package org.bursar.metering.internal;

import java.util.Optional;
import org.bursar.customers.CustomerPart;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.metering.internal.sql.UsageMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Forgets what was told of an erased customer's usage beside meter, time and quantity. These stay: they are what the ledger
 * rests on, and name nobody.
 */
@Component
public final class UsagePart implements CustomerPart {
    private static final int AFTER_SUBSCRIPTIONS = 300;

    private final Database database;
    private final UsageMapper sql;

    @Activate
    public UsagePart(@Reference Database database) {
        this.database = database;
        this.sql = database.mapper("metering", UsageMapper.class);
    }

    @Override
    public String name() {
        return "metering";
    }

    @Override
    public int order() {
        return AFTER_SUBSCRIPTIONS;
    }

    /** A new customer has used nothing yet. */
    @Override
    public void created(Scope scope, CustomerId customer, Optional<String> plan) {}

    @Override
    public void erased(Scope scope, CustomerId customer) {
        database.run(scope, () -> sql.forgetAttributes(scope.tenant(), customer));
    }
}

package org.bursar.credits.internal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.customers.CustomerPart;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.tenancy.Tenants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Opens a wallet in the tenant's unit for each new customer. */
@Component(service = CustomerPart.class)
public final class WalletPart implements CustomerPart {
    private static final int ORDER = 100;

    private final Database database;
    private final TenantClocks clocks;
    private final Tenants tenants;
    private final HoldSweep holds;
    private final WalletMapper wallets;

    @Activate
    public WalletPart(
            @Reference Database database,
            @Reference TenantClocks clocks,
            @Reference Tenants tenants,
            @Reference HoldSweep holds) {
        this.database = database;
        this.clocks = clocks;
        this.tenants = tenants;
        this.holds = holds;
        wallets = database.mapper("credits", WalletMapper.class);
    }

    @Override
    public String name() {
        return "credits";
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void created(Scope scope, CustomerId customer, Optional<String> plan) {
        database.run(scope, () -> {
            String unit = tenants.own(scope).unit();
            Instant now = clocks.of(scope.tenant()).instant().truncatedTo(ChronoUnit.MICROS);
            wallets.open(scope.tenant(), customer, unit, now);
        });
    }

    /** The ledger stays under the customer's id, which then names nobody; what is still held of it is given back. */
    @Override
    public void erased(Scope scope, CustomerId customer) {
        holds.releaseAll(scope, customer);
    }
}

package org.bursar.purchases.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.customers.Access;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.purchases.internal.sql.ChargeRow;
import org.bursar.purchases.internal.sql.MethodMapper;
import org.bursar.purchases.internal.sql.MethodRow;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.bursar.purchases.internal.sql.TopUpMapper;
import org.bursar.purchases.internal.sql.TopUpRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether a customer may be charged without the payer. Joins the transaction of its caller, so that nothing remembered is asked. */
@Component(service = ChargeGate.class)
public final class ChargeGate {
    /** An empty wallet is why it is charged, and a subscription that is not paid is to be paid. */
    private static final Set<String> NOT_ASKED = Set.of("balance", "subscription");

    private final Customers customers;
    private final Access access;
    private final PresentRenewals renewals;
    private final TenantClocks clocks;
    private final SettingsStore settings;
    private final TopUpMapper topUps;
    private final MethodMapper methods;

    @Activate
    public ChargeGate(
            @Reference Database database,
            @Reference Customers customers,
            @Reference Access access,
            @Reference PresentRenewals renewals,
            @Reference TenantClocks clocks,
            @Reference SettingsStore settings) {
        this.customers = customers;
        this.access = access;
        this.renewals = renewals;
        this.clocks = clocks;
        this.settings = settings;
        topUps = database.mapper("purchases", TopUpMapper.class);
        methods = database.mapper("purchases", MethodMapper.class);
    }

    /**
     * Nobody is charged whose account is not served, whose subscription has ended, or whose service a person has stopped; and in a
     * sandbox, whose time is not real, no real money moves.
     */
    boolean open(Scope scope, CustomerId customer, MethodRow method) {
        return (method.mode() == Mode.TEST || !clocks.sandbox(scope.tenant()))
                && served(scope, customer)
                // while nobody renews, nobody knows whether the subscription has ended
                && renewals.find()
                        .filter(present -> !present.over(scope, customer))
                        .isPresent();
    }

    private boolean served(Scope scope, CustomerId customer) {
        // access refuses with an exception who is deleted, and an exception ends the transaction
        return customers.existing(scope, List.of(customer)).contains(customer)
                && access.decide(scope, customer, Optional.empty(), NOT_ASKED).allowed();
    }

    /**
     * Whether a charge that was planned is still to be made: it was not withdrawn, the method is there, the balance is still low, and
     * the tenant still uses the gateway.
     * Of one that is made no more it is only found out whether it was made already.
     */
    boolean stands(Scope scope, PurchaseRow purchase) {
        Optional<ChargeRow> charge = topUps.charged(scope.tenant(), purchase.purchaseId());
        if (charge.isEmpty() || charge.get().byPayer()) {
            return true;
        }
        Optional<TopUpRow> allowed = topUps.find(scope.tenant(), purchase.customerId())
                .filter(row -> row.enabled() && row.low())
                .filter(row -> purchase.purchaseId().equals(row.currentPurchase()));
        Optional<MethodRow> method =
                methods.find(scope.tenant(), charge.get().methodId()).filter(MethodRow::active);
        boolean enabled = settings.load(scope.tenant(), purchase.gatewayId()).enabled();
        return enabled && allowed.isPresent() && method.isPresent() && open(scope, purchase.customerId(), method.get());
    }
}

package org.bursar.credits.internal.rest;

import jakarta.ws.rs.core.Application;
import org.bursar.credits.LedgerSeals;
import org.bursar.credits.SpendCaps;
import org.bursar.credits.Wallets;
import org.bursar.credits.Wholesale;
import org.bursar.credits.internal.HoldBook;
import org.bursar.credits.internal.LowBalances;
import org.bursar.credits.internal.WalletHolds;
import org.bursar.kernel.TenantDirectory;
import org.bursar.rest.RestApplication;
import org.bursar.rest.RestPaths;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /wallets}, {@code /holds}, {@code /ledger} and {@code /wholesale}. */
@Component(service = Application.class)
@RestPaths(
        paths = {"/wallets", "/holds", "/ledger", "/wholesale"},
        usagePaths = "/holds")
public final class CreditsApplication extends RestApplication {
    @Activate
    public CreditsApplication(
            @Reference Wallets wallets,
            @Reference WalletHolds holds,
            @Reference HoldBook book,
            @Reference LedgerSeals seals,
            @Reference SpendCaps caps,
            @Reference LowBalances balances,
            @Reference Wholesale wholesale,
            @Reference TenantDirectory tenants) {
        super(
                new WalletsResource(wallets),
                new HoldsResource(holds, book),
                new ProofResource(seals),
                new LedgerResource(seals),
                new CapsResource(caps),
                new AlertResource(balances),
                new WholesaleResource(wholesale, tenants));
    }
}

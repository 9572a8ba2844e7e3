package org.bursar.credits.internal.rest;

import jakarta.ws.rs.core.Application;
import org.bursar.credits.Holds;
import org.bursar.credits.Wallets;
import org.bursar.rest.RestApplication;
import org.bursar.rest.RestPaths;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /wallets} and {@code /holds}. */
@Component(service = Application.class)
@RestPaths(
        paths = {"/wallets", "/holds"},
        usagePaths = "/holds")
public final class CreditsApplication extends RestApplication {
    @Activate
    public CreditsApplication(@Reference Wallets wallets, @Reference Holds holds) {
        super(new WalletsResource(wallets), new HoldsResource(holds));
    }
}

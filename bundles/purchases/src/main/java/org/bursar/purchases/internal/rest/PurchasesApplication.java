package org.bursar.purchases.internal.rest;

import jakarta.ws.rs.core.Application;
import org.bursar.purchases.Gateways;
import org.bursar.purchases.Packages;
import org.bursar.purchases.Purchases;
import org.bursar.rest.RestApplication;
import org.bursar.rest.RestPaths;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The paths of purchases. */
@Component(service = Application.class)
@RestPaths(paths = {"/packages", "/purchases", "/gateways"})
public final class PurchasesApplication extends RestApplication {
    @Activate
    public PurchasesApplication(
            @Reference Packages packages, @Reference Purchases purchases, @Reference Gateways gateways) {
        super(new PackagesResource(packages), new PurchasesResource(purchases), new GatewaysResource(gateways));
    }
}

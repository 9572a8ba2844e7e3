package org.bursar.purchases.internal.rest;

import jakarta.ws.rs.core.Application;
import org.bursar.purchases.GatewayInstances;
import org.bursar.purchases.Gateways;
import org.bursar.purchases.MethodPortals;
import org.bursar.purchases.Packages;
import org.bursar.purchases.PurchaseClaims;
import org.bursar.purchases.PurchaseReconciler;
import org.bursar.purchases.PurchaseRefunds;
import org.bursar.purchases.Purchases;
import org.bursar.purchases.TopUps;
import org.bursar.purchases.WebhookInbox;
import org.bursar.purchases.internal.PlatformGateways;
import org.bursar.rest.RestApplication;
import org.bursar.rest.RestPaths;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The paths of purchases. */
@Component(service = Application.class)
@RestPaths(paths = {"/packages", "/purchases", "/gateways", "/disputes", "/webhooks", "/saved-methods", "/top-ups"})
public final class PurchasesApplication extends RestApplication {
    @Activate
    public PurchasesApplication(
            @Reference Packages packages,
            @Reference Purchases purchases,
            @Reference PurchaseRefunds refunds,
            @Reference Gateways gateways,
            @Reference PlatformGateways jars,
            @Reference GatewayInstances instances,
            @Reference WebhookInbox inbox,
            @Reference PurchaseClaims claims,
            @Reference PurchaseReconciler reconciler,
            @Reference TopUps topUps,
            @Reference MethodPortals portals) {
        super(
                new PackagesResource(packages),
                new PurchasesResource(purchases),
                new RefundsResource(refunds),
                new DisputesResource(refunds),
                new GatewaysResource(gateways, instances),
                new GatewayInstancesResource(gateways, instances),
                new GatewayJarsResource(jars),
                new WebhooksResource(inbox),
                new PurchaseClaimsResource(purchases, claims, reconciler),
                new SavedMethodsResource(topUps, portals),
                new TopUpsResource(topUps));
    }
}

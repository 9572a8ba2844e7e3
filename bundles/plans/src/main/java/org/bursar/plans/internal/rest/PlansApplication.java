package org.bursar.plans.internal.rest;

import jakarta.ws.rs.core.Application;
import org.bursar.plans.AddOns;
import org.bursar.plans.Leases;
import org.bursar.plans.Meters;
import org.bursar.plans.Plans;
import org.bursar.plans.RateLimits;
import org.bursar.plans.Subscriptions;
import org.bursar.rest.RestApplication;
import org.bursar.rest.RestPaths;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /add-ons}, {@code /leases}, {@code /meters}, {@code /plans}, {@code /rate-limits} and {@code /subscriptions}. */
@Component(service = Application.class)
@RestPaths(
        paths = {"/add-ons", "/leases", "/meters", "/plans", "/rate-limits", "/subscriptions"},
        usagePaths = {"/leases", "/rate-limits"})
public final class PlansApplication extends RestApplication {
    @Activate
    public PlansApplication(
            @Reference Meters meters,
            @Reference Plans plans,
            @Reference AddOns addOns,
            @Reference Subscriptions subscriptions,
            @Reference Leases leases,
            @Reference RateLimits rateLimits) {
        super(
                new MetersResource(meters),
                new PlansResource(plans),
                new AddOnsResource(addOns),
                new SubscriptionsResource(subscriptions),
                new OverridesResource(subscriptions),
                new LeasesResource(leases),
                new RateLimitsResource(rateLimits));
    }
}

package org.bursar.plans.internal.rest;

import jakarta.ws.rs.core.Application;
import org.bursar.plans.Meters;
import org.bursar.plans.Plans;
import org.bursar.plans.Subscriptions;
import org.bursar.rest.RestApplication;
import org.bursar.rest.RestPaths;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /meters}, {@code /plans} and {@code /subscriptions}. */
@Component(service = Application.class)
@RestPaths(paths = {"/meters", "/plans", "/subscriptions"})
public final class PlansApplication extends RestApplication {
    @Activate
    public PlansApplication(@Reference Meters meters, @Reference Plans plans, @Reference Subscriptions subscriptions) {
        super(new MetersResource(meters), new PlansResource(plans), new SubscriptionsResource(subscriptions));
    }
}

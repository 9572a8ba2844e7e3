package org.bursar.webhooks.internal.rest;

import jakarta.ws.rs.core.Application;
import org.bursar.rest.RestApplication;
import org.bursar.rest.RestPaths;
import org.bursar.webhooks.Webhooks;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The paths of webhooks. */
@Component(service = Application.class)
@RestPaths(paths = {"/webhook-endpoints", "/webhook-deliveries"})
public final class WebhooksApplication extends RestApplication {
    @Activate
    public WebhooksApplication(@Reference Webhooks webhooks) {
        super(new EndpointsResource(webhooks), new DeliveriesResource(webhooks));
    }
}

package org.bursar.rest.internal;

import org.apache.felix.http.jetty.LoadBalancerCustomizerFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Jetty opens its port a moment before it asks who serves what, and would answer 404 meanwhile: requests of that moment wait until
 * {@link HostGate} sees them. In this place the container would otherwise read X-Forwarded headers, from whomever they come.
 */
@Component(service = LoadBalancerCustomizerFactory.class, property = "service.ranking:Integer=1000")
public final class FirstRequests implements LoadBalancerCustomizerFactory {
    private final Startup startup;

    @Activate
    public FirstRequests(@Reference Startup startup) {
        this.startup = startup;
    }

    @Override
    public HttpConfiguration.Customizer createCustomizer() {
        return (request, headers) -> {
            startup.awaitGate();
            return request;
        };
    }
}

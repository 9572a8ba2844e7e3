package org.bursar.rest.internal;

import jakarta.servlet.Servlet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** A new Jersey whenever the whiteboard initialises the servlet again: a ServletContainer can be initialised only once. */
record ApiServletFactory(
        Supplier<ResourceConfig> application, InFlight requests, AtomicReference<@Nullable ApiServlet> live)
        implements PrototypeServiceFactory<Servlet> {
    @Override
    public Servlet getService(Bundle bundle, ServiceRegistration<Servlet> registration) {
        return new ApiServlet(application.get(), requests, live);
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<Servlet> registration, Servlet servlet) {
        // the whiteboard has destroyed it
    }
}

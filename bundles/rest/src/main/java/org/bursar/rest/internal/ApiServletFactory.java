package org.bursar.rest.internal;

import jakarta.servlet.Servlet;
import jakarta.ws.rs.core.Application;
import org.osgi.framework.Bundle;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** A new Jersey whenever the whiteboard initialises the servlet again: a ServletContainer can be initialised only once. */
record ApiServletFactory(Application application, Services services, InFlight requests)
        implements PrototypeServiceFactory<Servlet> {
    @Override
    public Servlet getService(Bundle bundle, ServiceRegistration<Servlet> registration) {
        return new ApiServlet(application, services, requests);
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<Servlet> registration, Servlet servlet) {
        // the whiteboard has destroyed it
    }
}

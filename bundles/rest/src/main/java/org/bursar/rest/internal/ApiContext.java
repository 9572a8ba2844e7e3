package org.bursar.rest.internal;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContext;

/** The servlet context below which every capability serves its paths. */
@Component(service = ServletContextHelper.class, scope = ServiceScope.BUNDLE)
@HttpWhiteboardContext(name = ApiContext.NAME, path = ApiContext.PATH)
public final class ApiContext extends ServletContextHelper {
    static final String NAME = "bursar-api";
    static final String PATH = "/api/v1";
    static final String SELECT = "(osgi.http.whiteboard.context.name=" + NAME + ")";
}

package org.bursar.rest;

import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** A capability's Application: resource objects, made by its component from the services that they need. */
@ConsumerType
public abstract class RestApplication extends Application {
    private final Set<Object> resources;

    protected RestApplication(Object... resources) {
        this.resources = Set.of(resources);
    }

    @Override
    @SuppressWarnings("deprecation") // the only way to hand over resources that somebody else has constructed
    public final Set<Object> getSingletons() {
        return resources;
    }
}

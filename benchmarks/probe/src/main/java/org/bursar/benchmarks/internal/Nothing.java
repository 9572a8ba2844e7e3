package org.bursar.benchmarks.internal;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.bursar.rest.RestApplication;
import org.bursar.rest.RestPaths;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** A path that is guarded like every other and says yes to everything. */
@Component(service = Application.class)
@RestPaths(paths = "/nothing", usagePaths = "/nothing")
public final class Nothing extends RestApplication {
    @Activate
    public Nothing() {
        super(new Resource());
    }

    /** The resource. */
    @Path("/nothing/{name}")
    @Produces(MediaType.APPLICATION_JSON)
    public static final class Resource {
        @GET
        @Requires("access:read")
        public Response get(@Context Call call, @PathParam("name") String name) {
            return call.ok(Map.of("allowed", true));
        }
    }
}

package org.bursar.plans.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.bursar.kernel.Scope;
import org.bursar.plans.Meter;
import org.bursar.plans.Meters;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Meters over HTTP. */
@Path("/meters")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Plans")
public final class MetersResource {
    private final Meters meters;

    MetersResource(Meters meters) {
        this.meters = meters;
    }

    @POST
    @Requires("plans:write")
    @Operation(operationId = "createMeter", summary = "Create a meter")
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = MeterJson.class)))
    public Response create(@Context Call call, @Nullable MeterForm form) {
        Scope scope = call.scope();
        return call.once(
                () -> meters.create(scope, (form == null ? MeterForm.EMPTY : form).meter())
                        .id()
                        .toString(),
                id -> {
                    Meter meter = meters.get(scope, id);
                    return call.created("/meters/" + id, MeterJson.of(scope, meter), meter.version());
                });
    }

    @GET
    @Requires("plans:read")
    @Operation(operationId = "listMeters", summary = "List meters by key")
    @ApiResponse(
            responseCode = "200",
            description = "A page of meters",
            content = @Content(schema = @Schema(implementation = MeterList.class)))
    public Response list(@Context Call call) {
        Scope scope = call.scope();
        return call.list(meters.list(scope, call.page()).map(meter -> MeterJson.of(scope, meter)));
    }

    @GET
    @Path("/{id}")
    @Requires("plans:read")
    @Operation(operationId = "getMeter", summary = "One meter, by its id or key")
    @ApiResponse(
            responseCode = "200",
            description = "The meter",
            content = @Content(schema = @Schema(implementation = MeterJson.class)))
    public Response get(@Context Call call, @PathParam("id") String id) {
        Meter meter = meters.get(call.scope(), id);
        return call.ok(MeterJson.of(call.scope(), meter), meter.version());
    }

    @PATCH
    @Path("/{id}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Requires("plans:write")
    @Operation(operationId = "patchMeter", summary = "Change a meter's name, unit or cost")
    @RequestBody(content = @Content(schema = @Schema(implementation = MeterPatch.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The meter as it is now",
            content = @Content(schema = @Schema(implementation = MeterJson.class)))
    public Response patch(@Context Call call, @PathParam("id") String id, @Nullable JsonNode patch) {
        Meter current = meters.get(call.scope(), id);
        MeterPatch form =
                patch == null ? MeterPatch.of(current) : call.patched(MeterPatch.of(current), patch, MeterPatch.class);
        Meter meter = meters.change(call.scope(), current.id(), form.change(), call.ifMatch());
        return call.ok(MeterJson.of(call.scope(), meter), meter.version());
    }
}

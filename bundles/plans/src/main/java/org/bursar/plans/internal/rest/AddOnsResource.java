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
import org.bursar.plans.AddOn;
import org.bursar.plans.AddOns;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Add-ons over HTTP. */
@Path("/add-ons")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Plans")
public final class AddOnsResource {
    private final AddOns addOns;

    AddOnsResource(AddOns addOns) {
        this.addOns = addOns;
    }

    @POST
    @Requires("plans:write")
    @Operation(operationId = "createAddOn", summary = "Create an add-on")
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = AddOnJson.class)))
    public Response create(@Context Call call, @Nullable AddOnForm form) {
        Scope scope = call.scope();
        return call.once(
                () -> addOns.create(scope, (form == null ? AddOnForm.EMPTY : form).addOn())
                        .id()
                        .toString(),
                id -> {
                    AddOn addOn = addOns.get(scope, id);
                    return call.created("/add-ons/" + id, AddOnJson.of(addOn), addOn.version());
                });
    }

    @GET
    @Requires("plans:read")
    @Operation(operationId = "listAddOns", summary = "List add-ons by key")
    @ApiResponse(
            responseCode = "200",
            description = "A page of add-ons",
            content = @Content(schema = @Schema(implementation = AddOnList.class)))
    public Response list(@Context Call call) {
        Scope scope = call.scope();
        return call.list(addOns.list(scope, call.page()).map(AddOnJson::of));
    }

    @GET
    @Path("/{id}")
    @Requires("plans:read")
    @Operation(operationId = "getAddOn", summary = "One add-on, by its id or key")
    @ApiResponse(
            responseCode = "200",
            description = "The add-on",
            content = @Content(schema = @Schema(implementation = AddOnJson.class)))
    public Response get(@Context Call call, @PathParam("id") String id) {
        AddOn addOn = addOns.get(call.scope(), id);
        return call.ok(AddOnJson.of(addOn), addOn.version());
    }

    @PATCH
    @Path("/{id}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Requires("plans:write")
    @Operation(operationId = "patchAddOn", summary = "Change an add-on; who has it keeps the price it was taken at")
    @RequestBody(content = @Content(schema = @Schema(implementation = AddOnPatch.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The add-on as it is now",
            content = @Content(schema = @Schema(implementation = AddOnJson.class)))
    public Response patch(@Context Call call, @PathParam("id") String id, @Nullable JsonNode patch) {
        AddOn current = addOns.get(call.scope(), id);
        AddOnPatch form =
                patch == null ? AddOnPatch.of(current) : call.patched(AddOnPatch.of(current), patch, AddOnPatch.class);
        AddOn addOn = addOns.change(call.scope(), current.id(), form.change(), call.ifMatch());
        return call.ok(AddOnJson.of(addOn), addOn.version());
    }
}

package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.SavedMethodId;
import org.bursar.purchases.MethodPortals;
import org.bursar.purchases.SavedMethod;
import org.bursar.purchases.TopUps;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Methods that providers keep. */
@Path("/saved-methods")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Top-ups")
public final class SavedMethodsResource {
    private final TopUps topUps;
    private final MethodPortals portals;

    SavedMethodsResource(TopUps topUps, MethodPortals portals) {
        this.topUps = topUps;
        this.portals = portals;
    }

    @GET
    @Requires("purchases:read")
    @Operation(operationId = "listSavedMethods", summary = "Payment methods that can be charged, newest first")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SavedMethodPage.class)))
    public Response list(
            @Parameter(schema = @Schema(types = "string")) @QueryParam("customer") @Nullable CustomerId customer,
            @Context Call call) {
        Page<SavedMethod> page = topUps.methods(call.scope(), Optional.ofNullable(customer), call.page());
        Set<SavedMethodId> manageable = portals.manageable(page.items());
        return call.list(page.map(method -> SavedMethodJson.of(method, manageable.contains(method.id()))));
    }

    @GET
    @Path("/{method}")
    @Requires("purchases:read")
    @Operation(operationId = "getSavedMethod", summary = "One payment method")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SavedMethodJson.class)))
    public Response get(
            @Parameter(schema = @Schema(types = "string")) @PathParam("method") SavedMethodId id, @Context Call call) {
        SavedMethod method = topUps.method(call.scope(), id);
        return call.ok(
                SavedMethodJson.of(method, portals.manageable(List.of(method)).contains(id)));
    }

    @DELETE
    @Path("/{method}")
    @Requires("purchases:write")
    @Operation(
            operationId = "forgetSavedMethod",
            summary = "Forget a payment method here and at the provider; top-ups with it are turned off")
    @ApiResponse(responseCode = "204", description = "Nothing is charged to it any longer")
    public Response forget(
            @Parameter(schema = @Schema(types = "string")) @PathParam("method") SavedMethodId id, @Context Call call) {
        if (call.ifMatch().isPresent()) {
            // who may not see it is told that
            topUps.method(call.scope(), id);
            throw new ProblemException(
                    Problems.STALE, "A payment method has no version; leave the header If-Match away.");
        }
        topUps.forget(call.scope(), id);
        return Response.noContent().build();
    }

    @POST
    @Path("/{method}/portal")
    @Requires("purchases:write")
    @Operation(
            operationId = "visitSavedMethodPortal",
            summary = "Where the payer looks after the payment method at its provider: an address for one visit",
            description =
                    "The provider's pages lead back to the account page on the tenant's host. Nothing is changed here; the same again"
                            + " gives another address. Only while the method is manageable.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MethodVisitJson.class)))
    public Response portal(
            @Parameter(schema = @Schema(types = "string")) @PathParam("method") SavedMethodId id, @Context Call call) {
        return call.once(
                () -> {
                    portals.plan(call.scope(), id);
                    return id.toString();
                },
                planned -> call.ok(new MethodVisitJson(portals.visit(call.scope(), id))));
    }
}

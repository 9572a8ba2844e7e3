package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.SavedMethodId;
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

    SavedMethodsResource(TopUps topUps) {
        this.topUps = topUps;
    }

    @GET
    @Requires("purchases:read")
    @Operation(operationId = "listSavedMethods", summary = "Payment methods that can be charged, newest first")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SavedMethodPage.class)))
    public Response list(
            @Parameter(schema = @Schema(types = "string")) @QueryParam("customer") @Nullable CustomerId customer,
            @Context Call call) {
        return call.list(topUps.methods(call.scope(), Optional.ofNullable(customer), call.page())
                .map(SavedMethodJson::of));
    }

    @GET
    @Path("/{method}")
    @Requires("purchases:read")
    @Operation(operationId = "getSavedMethod", summary = "One payment method")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SavedMethodJson.class)))
    public Response get(
            @Parameter(schema = @Schema(types = "string")) @PathParam("method") SavedMethodId id, @Context Call call) {
        return call.ok(SavedMethodJson.of(topUps.method(call.scope(), id)));
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
}

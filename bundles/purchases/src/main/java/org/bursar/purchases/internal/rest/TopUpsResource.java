package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.bursar.kernel.CustomerId;
import org.bursar.purchases.TopUp;
import org.bursar.purchases.TopUps;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** What customers allow to be bought when their balance is low. */
@Path("/top-ups")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Top-ups")
public final class TopUpsResource {
    private final TopUps topUps;

    TopUpsResource(TopUps topUps) {
        this.topUps = topUps;
    }

    @GET
    @Requires("purchases:read")
    @Operation(operationId = "listTopUps", summary = "What customers allow to be charged, by their ids")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TopUpPage.class)))
    public Response list(@Context Call call) {
        return call.list(topUps.list(call.scope(), call.page()).map(TopUpJson::of));
    }

    @GET
    @Path("/{customer}")
    @Requires("purchases:read")
    @Operation(operationId = "getTopUp", summary = "What a customer allows to be charged when its balance is low")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TopUpJson.class)))
    public Response get(
            @Parameter(schema = @Schema(types = "string")) @PathParam("customer") CustomerId customer,
            @Context Call call) {
        TopUp found = topUps.get(call.scope(), customer);
        return call.ok(TopUpJson.of(found), found.version());
    }

    @PUT
    @Path("/{customer}")
    @Requires("purchases:write")
    @Operation(
            operationId = "putTopUp",
            summary = "Allow a package to be bought without the payer when the balance is low, or only be told",
            description =
                    "Nothing is charged beyond the caps and at no other price than the package has now; three refusals in a row"
                            + " turn it off; where the bank asks for the payer, the payer gets a link by mail.")
    @RequestBody(content = @Content(schema = @Schema(implementation = TopUpForm.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TopUpJson.class)))
    public Response put(
            @Parameter(schema = @Schema(types = "string")) @PathParam("customer") CustomerId customer,
            @Nullable TopUpForm form,
            @Context Call call) {
        TopUpForm sent = form == null ? TopUpForm.EMPTY : form;
        TopUp allowed = topUps.put(call.scope(), customer, sent.draft(), call.ifMatch());
        return call.ok(TopUpJson.of(allowed), allowed.version());
    }

    @DELETE
    @Path("/{customer}")
    @Requires("purchases:write")
    @Operation(operationId = "deleteTopUp", summary = "Allow nothing to be charged any longer")
    @ApiResponse(responseCode = "204", description = "Nothing is charged")
    public Response delete(
            @Parameter(schema = @Schema(types = "string")) @PathParam("customer") CustomerId customer,
            @Context Call call) {
        topUps.delete(call.scope(), customer, call.ifMatch());
        return Response.noContent().build();
    }
}

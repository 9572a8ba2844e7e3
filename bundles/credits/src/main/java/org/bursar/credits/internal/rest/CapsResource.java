package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
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
import org.bursar.credits.SpendCaps;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.UserId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Caps on what single users spend. They have no ETag: what is spent moves by itself, and a PUT says all that can be set. */
@Path("/wallets/{customer}/caps")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Spend caps", description = "How much of a customer's credit single users may spend")
public final class CapsResource {
    private final SpendCaps caps;

    CapsResource(SpendCaps caps) {
        this.caps = caps;
    }

    @GET
    @Requires("caps:read")
    @Operation(operationId = "listSpendCaps", summary = "The caps of a customer's users, by user")
    @ApiResponse(
            responseCode = "200",
            description = "A page of caps",
            content = @Content(schema = @Schema(implementation = CapList.class)))
    public Response list(@Context Call call, @PathParam("customer") CustomerId customer) {
        return call.list(caps.list(call.scope(), customer, call.page()).map(CapJson::of));
    }

    @GET
    @Path("/{user}")
    @Requires("caps:read")
    @Operation(operationId = "getSpendCap", summary = "A user's cap")
    @ApiResponse(
            responseCode = "200",
            description = "The cap as it is now",
            content = @Content(schema = @Schema(implementation = CapJson.class)))
    public Response get(
            @Context Call call, @PathParam("customer") CustomerId customer, @PathParam("user") UserId user) {
        return call.ok(CapJson.of(caps.get(call.scope(), customer, user)));
    }

    @PUT
    @Path("/{user}")
    @Requires("caps:write")
    @Operation(
            operationId = "setSpendCap",
            summary = "Sets how much a user may spend",
            description = "What is spent counts from the first time on; a cap of another period begins anew.")
    @ApiResponse(
            responseCode = "200",
            description = "The cap as it is now",
            content = @Content(schema = @Schema(implementation = CapJson.class)))
    public Response set(
            @Context Call call,
            @PathParam("customer") CustomerId customer,
            @PathParam("user") UserId user,
            @Nullable CapForm form) {
        withoutVersion(call, customer, user);
        CapForm.Checked wanted = (form == null ? CapForm.EMPTY : form).checked();
        return call.ok(CapJson.of(caps.set(call.scope(), customer, user, wanted.amount(), wanted.period())));
    }

    @DELETE
    @Path("/{user}")
    @Requires("caps:write")
    @Operation(operationId = "removeSpendCap", summary = "Lets a user spend what the customer has")
    @ApiResponse(responseCode = "204", description = "There is no cap any more")
    public Response remove(
            @Context Call call, @PathParam("customer") CustomerId customer, @PathParam("user") UserId user) {
        withoutVersion(call, customer, user);
        caps.remove(call.scope(), customer, user);
        return Response.noContent().build();
    }

    /** A cap has no version that could be the one that was seen; who may not see it learns nothing of that. */
    private void withoutVersion(Call call, CustomerId customer, UserId user) {
        if (call.ifMatch().isPresent()) {
            caps.get(call.scope(), customer, user);
            throw new ProblemException(Problems.STALE, "A cap has no version; leave the header If-Match away.");
        }
    }
}

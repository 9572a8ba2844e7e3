package org.bursar.plans.internal.rest;

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
import org.bursar.kernel.CustomerId;
import org.bursar.plans.NewOverrides;
import org.bursar.plans.Overrides;
import org.bursar.plans.Subscriptions;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** What customers have instead of their plans' terms, over HTTP. */
@Path("/subscriptions/{customer}/overrides")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscriptions")
public final class OverridesResource {
    private final Subscriptions subscriptions;

    OverridesResource(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @GET
    @Requires("subscriptions:read")
    @Operation(operationId = "getOverrides", summary = "What a customer has instead of its plan's terms")
    @ApiResponse(
            responseCode = "200",
            description = "The terms that are the customer's own; empty where it has none",
            content = @Content(schema = @Schema(implementation = OverridesJson.class)))
    public Response get(@Context Call call, @PathParam("customer") CustomerId customer) {
        return answer(call, subscriptions.overrides(call.scope(), customer));
    }

    @PUT
    @Requires("subscriptions:write")
    @Operation(
            operationId = "putOverrides",
            summary = "Give a customer rates, a price or a minimum of its own",
            description =
                    "All that is to hold instead of the plan's terms. Later usage is priced by it, a price is prorated like"
                            + " a change of plan. Rates go along to other plans, price and minimum end with the plan.")
    @ApiResponse(
            responseCode = "200",
            description = "What holds now; with cycle_end the new terms are shown once they hold",
            content = @Content(schema = @Schema(implementation = OverridesJson.class)))
    public Response put(@Context Call call, @PathParam("customer") CustomerId customer, @Nullable OverridesForm form) {
        NewOverrides overrides = form == null ? NewOverrides.NONE : form.overrides();
        return answer(call, subscriptions.override(call.scope(), customer, overrides, call.ifMatch()));
    }

    @DELETE
    @Requires("subscriptions:write")
    @Operation(operationId = "deleteOverrides", summary = "Give a customer its plan's terms again, at once")
    @ApiResponse(responseCode = "204", description = "It has none of its own")
    public Response delete(@Context Call call, @PathParam("customer") CustomerId customer) {
        subscriptions.override(call.scope(), customer, NewOverrides.NONE, call.ifMatch());
        return Response.noContent().build();
    }

    private static Response answer(Call call, Overrides overrides) {
        return call.ok(OverridesJson.of(overrides), overrides.version());
    }
}

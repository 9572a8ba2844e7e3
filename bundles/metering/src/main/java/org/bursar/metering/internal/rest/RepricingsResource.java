package org.bursar.metering.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.atomic.AtomicReference;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.RepricingId;
import org.bursar.metering.NewRepricing;
import org.bursar.metering.Repricings;
import org.bursar.plans.RepricedCycle;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Cycles whose usage is priced anew, over HTTP. */
@Path("/usage/{customer}/repricings")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Usage")
public final class RepricingsResource {
    private final Repricings repricings;

    RepricingsResource(Repricings repricings) {
        this.repricings = repricings;
    }

    @POST
    @Path("/preview")
    @Requires("usage:read")
    @Operation(
            operationId = "previewRepricing",
            summary = "What a repricing of a cycle would change; nothing is changed",
            description =
                    "Takes the body of repriceUsage; the reason may be left out. A repeated key is answered for the moment of the "
                            + "repetition.")
    @ApiResponse(
            responseCode = "200",
            description = "Of each meter what was charged, what would be, and the difference",
            content = @Content(schema = @Schema(implementation = RepricingJson.Preview.class)))
    public Response preview(
            @Context Call call, @PathParam("customer") CustomerId customer, @Nullable RepricingPreviewForm form) {
        NewRepricing wanted = (form == null ? RepricingPreviewForm.EMPTY : form).repricing();
        AtomicReference<@Nullable RepricedCycle> seen = new AtomicReference<>();
        return call.once(
                () -> {
                    seen.set(repricings.preview(call.scope(), customer, wanted));
                    return customer.toString();
                },
                id -> {
                    RepricedCycle cycle = seen.get();
                    return call.ok(RepricingJson.Preview.of(
                            cycle == null ? repricings.preview(call.scope(), customer, wanted) : cycle));
                });
    }

    @POST
    @Requires("wallets:adjust")
    @Operation(
            operationId = "repriceUsage",
            summary = "Prices the usage of a cycle anew and posts the difference",
            description =
                    "The whole cycle is priced by one version of a plan, and so is what is counted in it later. One ledger "
                            + "entry posts the difference; counters and reports show the new charge. Events keep what they were charged.")
    @ApiResponse(
            responseCode = "201",
            description = "Repriced",
            content = @Content(schema = @Schema(implementation = RepricingJson.class)))
    public Response reprice(
            @Context Call call, @PathParam("customer") CustomerId customer, @Nullable RepricingForm form) {
        NewRepricing wanted = (form == null ? RepricingForm.EMPTY : form).repricing();
        return call.once(
                () -> repricings.reprice(call.scope(), customer, wanted).id().toString(),
                id -> call.created(
                        "/usage/" + customer + "/repricings/" + id,
                        RepricingJson.of(
                                call.scope(), repricings.get(call.scope(), customer, RepricingId.fromString(id))),
                        1));
    }

    @GET
    @Requires("usage:read")
    @Operation(operationId = "listRepricings", summary = "The repricings of a customer's cycles, newest first")
    @ApiResponse(
            responseCode = "200",
            description = "A page of repricings",
            content = @Content(schema = @Schema(implementation = RepricingJson.Items.class)))
    public Response list(@Context Call call, @PathParam("customer") CustomerId customer) {
        return call.list(repricings
                .list(call.scope(), customer, call.page())
                .map(repricing -> RepricingJson.of(call.scope(), repricing)));
    }

    @GET
    @Path("/{id}")
    @Requires("usage:read")
    @Operation(operationId = "getRepricing", summary = "A repricing, with what it changed of each meter")
    @ApiResponse(
            responseCode = "200",
            description = "The repricing",
            content = @Content(schema = @Schema(implementation = RepricingJson.class)))
    public Response get(
            @Context Call call, @PathParam("customer") CustomerId customer, @PathParam("id") RepricingId id) {
        return call.ok(RepricingJson.of(call.scope(), repricings.get(call.scope(), customer, id)), 1);
    }
}

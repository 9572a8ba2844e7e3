package org.bursar.plans.internal.rest;

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
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.plans.Limit;
import org.bursar.plans.RateLimit;
import org.bursar.plans.RateLimits;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Limits by the minute over HTTP. */
@Path("/rate-limits/{customer}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rate limits", description = "How often a customer may ask in a minute")
public final class RateLimitsResource {
    private final RateLimits limits;

    RateLimitsResource(RateLimits limits) {
        this.limits = limits;
    }

    @GET
    @Requires("leases:read")
    @Operation(operationId = "listRateLimits", summary = "What is left of a customer's limits by the minute")
    @ApiResponse(
            responseCode = "200",
            description = "Each limit by the minute",
            content = @Content(schema = @Schema(implementation = RateLimitJson.Items.class)))
    public Response list(@Context Call call, @PathParam("customer") CustomerId customer) {
        // all of them are on the first page, so none has given a cursor
        if (call.page().after() != null) {
            throw Cursor.bad();
        }
        return call.list(new Page<>(limits.of(call.scope(), customer), null).map(RateLimitJson::of));
    }

    @POST
    @Path("/take")
    @Requires("leases:write")
    @Operation(
            operationId = "takeRequest",
            summary = "Takes a request of a limit by the minute of the plan and its add-ons",
            description =
                    "Without one left the answer is 429 limit_reached with Retry-After, and nothing is written. What is taken "
                            + "is neither given back nor renewed: it comes back evenly, the limit's size in a minute. With the same "
                            + "Idempotency-Key a retry takes no second one.")
    @ApiResponse(
            responseCode = "200",
            description = "Taken; what is left",
            content = @Content(schema = @Schema(implementation = RateLimitJson.class)))
    public Response take(@Context Call call, @PathParam("customer") CustomerId customer, @Nullable TakeForm form) {
        Limit limit = (form == null ? TakeForm.EMPTY : form).checked();
        AtomicReference<@Nullable RateLimit> taken = new AtomicReference<>();
        return call.once(
                () -> {
                    taken.set(limits.take(call.scope(), customer, limit));
                    return customer.toString();
                },
                id -> {
                    // a retry shows what is left by now
                    RateLimit left = taken.get();
                    return call.ok(RateLimitJson.of(
                            left != null && !call.replayed()
                                    ? left
                                    : limits.of(call.scope(), customer).get(0)));
                });
    }
}

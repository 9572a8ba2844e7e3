package org.bursar.customers.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.bursar.customers.internal.StandingCounts;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;

/** How many customers there are, over HTTP. */
@Path("/customer-counts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Customers")
public final class CustomerCountsResource {
    private final StandingCounts counts;

    CustomerCountsResource(StandingCounts counts) {
        this.counts = counts;
    }

    @GET
    @Requires("customers:read")
    @Operation(
            operationId = "countCustomers",
            summary = "How many customers there are, in all and by standing, and how many users they have",
            description = "Each is counted up to 1,000, users up to 10,000; more says that there are more.")
    @ApiResponse(
            responseCode = "200",
            description = "The counts",
            content = @Content(schema = @Schema(implementation = CustomerCountsJson.class)))
    public Response counts(@Context Call call) {
        return call.ok(CustomerCountsJson.of(counts.of(call.scope())));
    }
}

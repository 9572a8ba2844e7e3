package org.bursar.tenancy.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import java.time.Duration;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.bursar.tenancy.internal.SandboxClocks;
import org.jspecify.annotations.Nullable;

/** The clock of a sandbox over HTTP. */
@Path("/tenants/{id}/clock")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants")
public final class ClockResource {
    /** How long a request moves a clock; what is left then a job does. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SandboxClocks clocks;
    private final OwnTenant own;

    ClockResource(SandboxClocks clocks, OwnTenant own) {
        this.clocks = clocks;
        this.own = own;
    }

    @GET
    @Requires(value = "clock:read", level = Requires.Level.CALLER)
    @Operation(operationId = "getClock", summary = "What a sandbox's clock reads, and where it is going")
    @ApiResponse(
            responseCode = "200",
            description = "The clock",
            content = @Content(schema = @Schema(implementation = SandboxClocks.Reading.class)))
    public Response get(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id) {
        SandboxClocks.State state = clocks.get(own.scope(call, id, "clock:read"));
        return call.ok(state.reading(), state.version());
    }

    @POST
    @Path("/advance")
    @Requires(value = "clock:write", level = Requires.Level.CALLER)
    @Operation(
            operationId = "advanceClock",
            summary =
                    "Move a sandbox's clock forward, to an instant or by a period such as P1M; what is due on the way happens")
    @ApiResponse(
            responseCode = "200",
            description = "The clock as far as it has come; while moving is true it goes on by itself",
            content = @Content(schema = @Schema(implementation = SandboxClocks.Reading.class)))
    public Response advance(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id,
            SandboxClocks.@Nullable Advance form) {
        Scope scope = own.scope(call, id, "clock:write");
        return call.once(() -> clocks.aim(scope, form).toString(), target -> {
            SandboxClocks.State state = clocks.go(id, PATIENCE);
            return call.ok(state.reading(), state.version());
        });
    }
}

package org.bursar.plans.internal.rest;

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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.LeaseId;
import org.bursar.plans.Lease;
import org.bursar.plans.Leases;
import org.bursar.plans.NewLease;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Leases over HTTP. */
@Path("/leases")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Leases", description = "Places under a limit, such as conversations at once")
public final class LeasesResource {
    private final Leases leases;

    LeasesResource(Leases leases) {
        this.leases = leases;
    }

    @POST
    @Requires("leases:write")
    @Operation(
            operationId = "acquireLease",
            summary = "Takes a place under a limit of the plan and its add-ons",
            description = "Without one left the answer is 429 limit_reached with Retry-After, and nothing is written.")
    @ApiResponse(
            responseCode = "201",
            description = "Taken",
            content = @Content(schema = @Schema(implementation = LeaseJson.class)))
    public Response acquire(@Context Call call, @Nullable LeaseForm form) {
        NewLease wanted = (form == null ? LeaseForm.EMPTY : form).checked();
        return once(
                call,
                () -> leases.acquire(call.scope(), wanted),
                lease -> call.created("/leases/" + lease.id(), LeaseJson.of(lease), lease.version()));
    }

    @GET
    @Requires("leases:read")
    @Operation(operationId = "listLeases", summary = "Open leases, newest first; without a customer by customer")
    @ApiResponse(
            responseCode = "200",
            description = "A page of leases",
            content = @Content(schema = @Schema(implementation = LeaseList.class)))
    public Response list(
            @Context Call call,
            @QueryParam("customer") @Parameter(schema = @Schema(type = "string")) @Nullable CustomerId customer) {
        return call.list(leases.open(call.scope(), Optional.ofNullable(customer), call.page())
                .map(LeaseJson::of));
    }

    @GET
    @Path("/{id}")
    @Requires("leases:read")
    @Operation(operationId = "getLease", summary = "A lease; forgotten a day after it ended")
    @ApiResponse(
            responseCode = "200",
            description = "The lease as it is now",
            content = @Content(schema = @Schema(implementation = LeaseJson.class)))
    public Response get(@Context Call call, @PathParam("id") LeaseId id) {
        return shown(call, leases.get(call.scope(), id));
    }

    @POST
    @Path("/{id}/renew")
    @Requires("leases:write")
    @Operation(
            operationId = "renewLease",
            summary = "Lets an open lease last longer, counted from now",
            description = "One that has ended is 409 lease_ended: its place may be another's.")
    @ApiResponse(
            responseCode = "200",
            description = "The lease as it is now",
            content = @Content(schema = @Schema(implementation = LeaseJson.class)))
    public Response renew(@Context Call call, @PathParam("id") LeaseId id, @Nullable RenewalForm form) {
        int ttlSeconds = (form == null ? RenewalForm.EMPTY : form).checked();
        return once(call, () -> leases.renew(call.scope(), id, ttlSeconds), lease -> shown(call, lease));
    }

    @POST
    @Path("/{id}/release")
    @Requires("leases:write")
    @Operation(operationId = "releaseLease", summary = "Gives the place back; what has ended stays as it is")
    @ApiResponse(
            responseCode = "200",
            description = "The lease as it is now",
            content = @Content(schema = @Schema(implementation = LeaseJson.class)))
    public Response release(@Context Call call, @PathParam("id") LeaseId id) {
        return once(call, () -> leases.release(call.scope(), id), lease -> shown(call, lease));
    }

    /** The first call answers with what its effect gave, which saves reading it again; a retry reads the lease as it is now. */
    private Response once(Call call, Supplier<Lease> effect, Function<Lease, Response> answer) {
        AtomicReference<@Nullable Lease> given = new AtomicReference<>();
        return call.once(
                () -> {
                    Lease lease = effect.get();
                    given.set(lease);
                    return lease.id().toString();
                },
                id -> {
                    Lease own = given.get();
                    // with the same key another node may have been first: then its lease is the answer, and ours is
                    // gone
                    Lease lease = own != null
                                    && !call.replayed()
                                    && own.id().toString().equals(id)
                            ? own
                            : leases.get(call.scope(), LeaseId.fromString(id));
                    return answer.apply(lease);
                });
    }

    private static Response shown(Call call, Lease lease) {
        return call.ok(LeaseJson.of(lease), lease.version());
    }
}

package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.bursar.purchases.internal.PlatformGateways;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;

/** Jars with gateways: the platform's admins decide which of them run. Jars themselves are never taken over HTTP. */
@Path("/gateways")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Gateways")
public final class GatewayJarsResource {
    private static final String WRITE = "gateways:write";
    private static final String DIGEST = "SHA-256 of the jar as GET /gateways shows it, 64 hexadecimal digits";

    private final PlatformGateways gateways;

    GatewayJarsResource(PlatformGateways gateways) {
        this.gateways = gateways;
    }

    @POST
    @Path("/{digest}/approve")
    @Requires(value = WRITE, level = Requires.Level.PLATFORM)
    @Operation(
            operationId = "approveGateway",
            summary = "Approve a jar in the folder for gateways by its digest, and start it",
            description =
                    "In place of the version that runs, if one does. The answer comes when it runs or has failed to,"
                            + " or after 15 seconds with what is going on; GET /gateways shows what became of it.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = GatewayJson.BundleJson.class)))
    public Response approve(@Parameter(description = DIGEST) @PathParam("digest") String digest, @Context Call call) {
        return call.once(
                () -> {
                    gateways.approve(call.scope(), digest);
                    return digest;
                },
                this::settled);
    }

    @POST
    @Path("/{digest}/update")
    @Requires(value = WRITE, level = Requires.Level.PLATFORM)
    @Operation(
            operationId = "updateGateway",
            summary = "Run an approved version in place of the one that runs",
            description =
                    "Also an older one. Checkouts are refused until calls under way have ended, 30 seconds at most.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = GatewayJson.BundleJson.class)))
    public Response update(@Parameter(description = DIGEST) @PathParam("digest") String digest, @Context Call call) {
        return call.once(
                () -> {
                    gateways.update(call.scope(), digest);
                    return digest;
                },
                this::settled);
    }

    private Response settled(String digest) {
        return Response.ok(GatewayJson.BundleJson.of(gateways.settled(digest))).build();
    }
}

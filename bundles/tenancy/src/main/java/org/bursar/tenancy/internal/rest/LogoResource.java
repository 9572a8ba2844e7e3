package org.bursar.tenancy.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import java.util.Base64;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.bursar.tenancy.internal.Logos;
import org.bursar.tenancy.internal.sql.LogoMapper.LogoRow;
import org.jspecify.annotations.Nullable;

/** A tenant's picture over HTTP; its pages show it as a file of its own. */
@Path("/tenants/{id}/logo")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants")
public final class LogoResource {
    private final Logos logos;
    private final OwnTenant own;

    LogoResource(Logos logos, OwnTenant own) {
        this.logos = logos;
        this.own = own;
    }

    /** A picture as it is kept. */
    @Schema(name = "Logo")
    public record LogoJson(
            @Schema(allowableValues = {"image/png", "image/svg+xml"})
            String mediaType,

            int bytes,

            @Schema(description = "In Base64: of an SVG what is drawn in it")
            String content) {
        static LogoJson of(LogoRow row) {
            return new LogoJson(
                    row.mediaType(), row.content().length, Base64.getEncoder().encodeToString(row.content()));
        }

        @Override
        public String toString() {
            return mediaType + ", " + bytes + " bytes";
        }
    }

    @GET
    @Requires(value = "brand:read", level = Requires.Level.CALLER)
    @Operation(operationId = "getLogo", summary = "A tenant's logo")
    @ApiResponse(
            responseCode = "200",
            description = "The logo",
            content = @Content(schema = @Schema(implementation = LogoJson.class)))
    public Response get(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id) {
        return answer(call, own.scope(call, id, "brand:read"));
    }

    private Response answer(Call call, Scope scope) {
        LogoRow row = logos.get(scope);
        return call.ok(LogoJson.of(row), row.version());
    }

    @PUT
    @Requires(value = "brand:write", level = Requires.Level.CALLER)
    @Operation(operationId = "setLogo", summary = "Set a tenant's logo: a PNG, or an SVG that is written anew")
    @ApiResponse(
            responseCode = "200",
            description = "The logo as it is kept",
            content = @Content(schema = @Schema(implementation = LogoJson.class)))
    public Response set(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id,
            Logos.@Nullable Form form) {
        Scope scope = own.scope(call, id, "brand:write");
        logos.set(scope, call.ifMatch(), form);
        return answer(call, scope);
    }

    @DELETE
    @Requires(value = "brand:write", level = Requires.Level.CALLER)
    @Operation(operationId = "removeLogo", summary = "Remove a tenant's logo: its first letter stands for it again")
    @ApiResponse(responseCode = "204", description = "Removed")
    public Response remove(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id) {
        logos.remove(own.scope(call, id, "brand:write"), call.ifMatch());
        return Response.noContent().build();
    }
}

package org.bursar.tenancy.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.bursar.tenancy.internal.Wording;
import org.jspecify.annotations.Nullable;

/** A tenant's own words over HTTP. */
@Path("/tenants/{id}/texts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants")
public final class TextsResource {
    private final Wording wording;
    private final OwnTenant own;

    TextsResource(Wording wording, OwnTenant own) {
        this.wording = wording;
        this.own = own;
    }

    @GET
    @Requires(value = "brand:read", level = Requires.Level.CALLER)
    @Operation(operationId = "getTexts", summary = "What a tenant says to its customers in its own words")
    @ApiResponse(
            responseCode = "200",
            description = "The texts that it has; all others are the platform's",
            content = @Content(schema = @Schema(implementation = Wording.Form.class)))
    public Response get(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id) {
        return answer(call, own.scope(call, id, "brand:read"));
    }

    private Response answer(Call call, Scope scope) {
        Wording.Stored stored = wording.get(scope);
        return call.ok(new Wording.Form(new LinkedHashMap<>(stored.texts())), stored.version());
    }

    @PUT
    @Requires(value = "brand:write", level = Requires.Level.CALLER)
    @Operation(
            operationId = "setTexts",
            summary =
                    "Set what a tenant says to its customers in its own words; what is left out is the platform's again")
    @ApiResponse(
            responseCode = "200",
            description = "The texts as they are now",
            content = @Content(schema = @Schema(implementation = Wording.Form.class)))
    public Response set(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id,
            Wording.@Nullable Form form) {
        Scope scope = own.scope(call, id, "brand:write");
        wording.set(scope, call.ifMatch(), form);
        return answer(call, scope);
    }
}

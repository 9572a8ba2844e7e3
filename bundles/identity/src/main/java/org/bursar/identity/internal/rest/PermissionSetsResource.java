package org.bursar.identity.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.bursar.identity.internal.OptionalVersion;
import org.bursar.identity.internal.PermissionSets;
import org.bursar.identity.internal.sql.KeyMapper.SetRow;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.PermissionSetId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Permission sets over HTTP. */
@Path("/permission-sets")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
public final class PermissionSetsResource {
    private final PermissionSets sets;

    PermissionSetsResource(PermissionSets sets) {
        this.sets = sets;
    }

    /**
     * A permission set.
     *
     * @param customer whose own it is; null: for every customer of the tenant
     */
    @Schema(name = "PermissionSet")
    public record SetJson(
            String id, @Nullable String customer, String name, List<String> permissions, Instant createdAt) {
        static SetJson of(SetRow row) {
            return new SetJson(
                    row.permissionSetId().toString(),
                    row.customerId() == null ? null : row.customerId().toString(),
                    row.name(),
                    List.of(row.permissions().split(" ")),
                    row.createdAt());
        }
    }

    /** A page of them, for the OpenAPI document. */
    @Schema(name = "PermissionSetList")
    public record Listed(List<SetJson> items, @Nullable String next) {}

    @GET
    @Requires("permission-sets:read")
    @Operation(operationId = "listPermissionSets", summary = "Permission sets")
    @ApiResponse(
            responseCode = "200",
            description = "A page, newest first",
            content = @Content(schema = @Schema(implementation = Listed.class)))
    public Response list(@Context Call call) {
        return call.list(sets.list(call.scope(), call.page()).map(SetJson::of));
    }

    @POST
    @Requires("permission-sets:write")
    @Operation(operationId = "createPermissionSet", summary = "Create a permission set")
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = SetJson.class)))
    public Response create(@Context Call call, PermissionSets.@Nullable Form form) {
        return call.once(() -> sets.create(call.caller(), form).toString(), id -> {
            SetRow row = sets.get(call.scope(), PermissionSetId.fromString(id));
            return call.created("/permission-sets/" + id, SetJson.of(row), row.version());
        });
    }

    @GET
    @Path("/{id}")
    @Requires("permission-sets:read")
    @Operation(operationId = "getPermissionSet", summary = "One permission set")
    @ApiResponse(
            responseCode = "200",
            description = "The set",
            content = @Content(schema = @Schema(implementation = SetJson.class)))
    public Response get(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") PermissionSetId id) {
        SetRow row = sets.get(call.scope(), id);
        return call.ok(SetJson.of(row), row.version());
    }

    @PATCH
    @Path("/{id}")
    @Requires("permission-sets:write")
    @Operation(operationId = "editPermissionSet", summary = "Edit a permission set (JSON Merge Patch)")
    @RequestBody(content = @Content(schema = @Schema(implementation = PermissionSets.Form.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The set as it is now",
            content = @Content(schema = @Schema(implementation = SetJson.class)))
    public Response edit(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") PermissionSetId id,
            @Nullable JsonNode patch) {
        SetRow row = sets.get(call.scope(), id);
        if (patch == null) {
            throw new ProblemException(Problems.invalid("", FieldProblems.REQUIRED, "a JSON object is expected"));
        }
        PermissionSets.Form form = call.patched(PermissionSets.Form.of(row), patch, PermissionSets.Form.class);
        sets.edit(call.caller(), id, new OptionalVersion(call.ifMatch()), form);
        return get(call, id);
    }

    @DELETE
    @Path("/{id}")
    @Requires("permission-sets:write")
    @Operation(operationId = "deletePermissionSet", summary = "Delete a permission set that nobody has")
    @ApiResponse(responseCode = "204", description = "Deleted")
    public Response delete(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") PermissionSetId id) {
        sets.delete(call.scope(), id, new OptionalVersion(call.ifMatch()));
        return Response.noContent().build();
    }
}

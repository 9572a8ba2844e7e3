package org.bursar.tenancy.internal.rest;

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
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.WorkspaceId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.bursar.tenancy.internal.StoredWorkspaces;
import org.bursar.tenancy.internal.sql.TenantMapper.WorkspaceRow;
import org.jspecify.annotations.Nullable;

/** Workspaces over HTTP. */
@Path("/workspaces")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Workspaces")
public final class WorkspacesResource {
    private final StoredWorkspaces workspaces;

    WorkspacesResource(StoredWorkspaces workspaces) {
        this.workspaces = workspaces;
    }

    /** A business of the tenant's. */
    @Schema(name = "Workspace")
    public record WorkspaceJson(String id, String name, Instant createdAt) {
        static WorkspaceJson of(WorkspaceRow row) {
            return new WorkspaceJson(row.workspaceId().toString(), row.name(), row.createdAt());
        }
    }

    /** A page of them, for the OpenAPI document. */
    @Schema(name = "WorkspaceList")
    public record Listed(
            List<WorkspaceJson> items, @Nullable String next) {}

    @GET
    @Requires("workspaces:read")
    @Operation(operationId = "listWorkspaces", summary = "Workspaces; a customer's users see those that it may use")
    @ApiResponse(
            responseCode = "200",
            description = "A page, newest first",
            content = @Content(schema = @Schema(implementation = Listed.class)))
    public Response list(@Context Call call) {
        return call.list(workspaces.list(call.scope(), call.page()).map(WorkspaceJson::of));
    }

    @POST
    @Requires("workspaces:write")
    @Operation(operationId = "createWorkspace", summary = "Create a workspace")
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = WorkspaceJson.class)))
    public Response create(@Context Call call, StoredWorkspaces.@Nullable Form form) {
        requireWholeTenant(call);
        return call.once(() -> workspaces.create(call.scope(), form).toString(), id -> {
            WorkspaceRow row = workspaces.get(call.scope(), WorkspaceId.fromString(id));
            return call.created("/workspaces/" + id, WorkspaceJson.of(row), row.version());
        });
    }

    /** Workspaces are the tenant's: a key or user that is held to customers changes none, whatever its permissions. */
    private static void requireWholeTenant(Call call) {
        if (call.scope().customers().isPresent()) {
            throw new ProblemException(Problems.FORBIDDEN, "Workspaces are the tenant's to change.");
        }
    }

    @GET
    @Path("/{id}")
    @Requires("workspaces:read")
    @Operation(operationId = "getWorkspace", summary = "One workspace")
    @ApiResponse(
            responseCode = "200",
            description = "The workspace",
            content = @Content(schema = @Schema(implementation = WorkspaceJson.class)))
    public Response get(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") WorkspaceId id) {
        WorkspaceRow row = workspaces.get(call.scope(), id);
        return call.ok(WorkspaceJson.of(row), row.version());
    }

    @PATCH
    @Path("/{id}")
    @Requires("workspaces:write")
    @Operation(operationId = "editWorkspace", summary = "Rename a workspace (JSON Merge Patch)")
    @RequestBody(content = @Content(schema = @Schema(implementation = StoredWorkspaces.Form.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The workspace as it is now",
            content = @Content(schema = @Schema(implementation = WorkspaceJson.class)))
    public Response edit(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") WorkspaceId id,
            @Nullable JsonNode patch) {
        requireWholeTenant(call);
        if (patch == null) {
            throw new ProblemException(Problems.invalid("", FieldProblems.REQUIRED, "a JSON object is expected"));
        }
        WorkspaceRow row = workspaces.get(call.scope(), id);
        StoredWorkspaces.Form form =
                call.patched(new StoredWorkspaces.Form(row.name()), patch, StoredWorkspaces.Form.class);
        workspaces.edit(call.scope(), id, call.ifMatch(), form);
        return get(call, id);
    }

    @DELETE
    @Path("/{id}")
    @Requires("workspaces:write")
    @Operation(operationId = "deleteWorkspace", summary = "Delete a workspace that nothing uses")
    @ApiResponse(responseCode = "204", description = "Deleted")
    public Response delete(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") WorkspaceId id) {
        requireWholeTenant(call);
        workspaces.delete(call.scope(), id, call.ifMatch());
        return Response.noContent().build();
    }
}

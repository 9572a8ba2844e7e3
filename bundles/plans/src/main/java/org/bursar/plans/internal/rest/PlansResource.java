package org.bursar.plans.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.plans.Plan;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.Plans;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Plans over HTTP. */
@Path("/plans")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Plans")
public final class PlansResource {
    private final Plans plans;

    PlansResource(Plans plans) {
        this.plans = plans;
    }

    @POST
    @Requires("plans:write")
    @Operation(operationId = "createPlan", summary = "Create a plan with its first version")
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = PlanJson.class)))
    public Response create(@Context Call call, @Nullable PlanForm form) {
        Scope scope = call.scope();
        return call.once(
                () -> plans.create(scope, (form == null ? PlanForm.EMPTY : form).plan())
                        .id()
                        .toString(),
                id -> {
                    Plan plan = plans.get(scope, id);
                    return call.created("/plans/" + id, PlanJson.of(plan), plan.version());
                });
    }

    @GET
    @Requires("plans:read")
    @Operation(operationId = "listPlans", summary = "List plans by key")
    @ApiResponse(
            responseCode = "200",
            description = "A page of plans",
            content = @Content(schema = @Schema(implementation = PlanList.class)))
    public Response list(@Context Call call) {
        return call.list(plans.list(call.scope(), call.page()).map(PlanJson::of));
    }

    @GET
    @Path("/{id}")
    @Requires("plans:read")
    @Operation(operationId = "getPlan", summary = "One plan, by its id or key")
    @ApiResponse(
            responseCode = "200",
            description = "The plan",
            content = @Content(schema = @Schema(implementation = PlanJson.class)))
    public Response get(@Context Call call, @PathParam("id") String id) {
        Plan plan = plans.get(call.scope(), id);
        return call.ok(PlanJson.of(plan), plan.version());
    }

    @PATCH
    @Path("/{id}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Requires("plans:write")
    @Operation(operationId = "patchPlan", summary = "Rename a plan")
    @RequestBody(content = @Content(schema = @Schema(implementation = PlanPatch.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The plan as it is now",
            content = @Content(schema = @Schema(implementation = PlanJson.class)))
    public Response patch(@Context Call call, @PathParam("id") String id, @Nullable JsonNode patch) {
        Plan current = plans.get(call.scope(), id);
        PlanPatch now = new PlanPatch(current.name());
        PlanPatch form = patch == null ? now : call.patched(now, patch, PlanPatch.class);
        Plan plan = plans.rename(call.scope(), current.id(), form.name(), call.ifMatch());
        return call.ok(PlanJson.of(plan), plan.version());
    }

    @POST
    @Path("/{id}/versions")
    @Requires("plans:write")
    @Operation(
            operationId = "createPlanVersion",
            summary = "Add a version to a plan",
            description =
                    "New subscriptions get it from now on; who has an older one keeps it until the plan is chosen again.")
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = VersionJson.class)))
    public Response addVersion(@Context Call call, @PathParam("id") String id, @Nullable VersionForm form) {
        Scope scope = call.scope();
        PlanId plan = plans.get(scope, id).id();
        return call.once(
                () -> Integer.toString(
                        plans.addVersion(scope, plan, (form == null ? VersionForm.EMPTY : form).version())
                                .number()),
                number -> {
                    PlanVersion version = plans.version(scope, plan, Integer.parseInt(number));
                    return call.created("/plans/" + plan + "/versions/" + number, VersionJson.of(version), 1);
                });
    }

    @GET
    @Path("/{id}/versions")
    @Requires("plans:read")
    @Operation(operationId = "listPlanVersions", summary = "The versions of a plan, newest first")
    @ApiResponse(
            responseCode = "200",
            description = "A page of versions",
            content = @Content(schema = @Schema(implementation = VersionList.class)))
    public Response versions(@Context Call call, @PathParam("id") String id) {
        PlanId plan = plans.get(call.scope(), id).id();
        return call.list(plans.versions(call.scope(), plan, call.page()).map(VersionJson::of));
    }

    @GET
    @Path("/{id}/versions/{version}")
    @Requires("plans:read")
    @Operation(operationId = "getPlanVersion", summary = "One version of a plan")
    @ApiResponse(
            responseCode = "200",
            description = "The version",
            content = @Content(schema = @Schema(implementation = VersionJson.class)))
    public Response version(@Context Call call, @PathParam("id") String id, @PathParam("version") String version) {
        PlanId plan = plans.get(call.scope(), id).id();
        if (!version.matches("[1-9]\\d{0,8}")) {
            throw Problems.notFound();
        }
        PlanVersion found = plans.version(call.scope(), plan, Integer.parseInt(version));
        return call.ok(VersionJson.of(found), 1);
    }
}

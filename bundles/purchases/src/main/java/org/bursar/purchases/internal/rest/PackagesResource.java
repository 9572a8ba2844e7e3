package org.bursar.purchases.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.purchases.CreditPackage;
import org.bursar.purchases.Packages;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Packages. */
@Path("/packages")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Packages")
public final class PackagesResource {
    private static final String READ = "packages:read";
    private static final String WRITE = "packages:write";

    private final Packages packages;

    PackagesResource(Packages packages) {
        this.packages = packages;
    }

    @POST
    @Requires(WRITE)
    @Operation(operationId = "createPackage", summary = "Add a package of credit that can be bought")
    @RequestBody(content = @Content(schema = @Schema(implementation = PackageForm.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = PackageJson.class)))
    public Response create(@Nullable PackageForm form, @Context Call call) {
        PackageForm sent = form == null ? PackageForm.EMPTY : form;
        return call.once(() -> packages.create(call.scope(), sent.draft()).toString(), id -> {
            CreditPackage created = packages.get(call.scope(), PackageId.fromString(id));
            return call.created("/packages/" + id, PackageJson.of(created), created.version());
        });
    }

    @GET
    @Requires(READ)
    @Operation(operationId = "listPackages", summary = "Packages, newest first")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PackagePage.class)))
    public Response list(
            @Parameter(description = "only those that can be bought, or cannot", schema = @Schema(types = "boolean"))
                    @QueryParam("active")
                    @Nullable
                    String active,
            @Context Call call) {
        return call.list(packages.list(call.scope(), truth(active), call.page()).map(PackageJson::of));
    }

    private static Optional<Boolean> truth(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        return switch (text) {
            case "true" -> Optional.of(Boolean.TRUE);
            case "false" -> Optional.of(Boolean.FALSE);
            default ->
                throw new ProblemException(Problems.invalid("/active", FieldProblems.WRONG_TYPE, "true or false"));
        };
    }

    @GET
    @Path("/{package}")
    @Requires(READ)
    @Operation(operationId = "getPackage", summary = "One package")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PackageJson.class)))
    public Response get(
            @Parameter(schema = @Schema(types = "string")) @PathParam("package") PackageId id, @Context Call call) {
        CreditPackage found = packages.get(call.scope(), id);
        return call.ok(PackageJson.of(found), found.version());
    }

    @PATCH
    @Path("/{package}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Requires(WRITE)
    @Operation(
            operationId = "changePackage",
            summary = "Change a package, or stop selling it; purchases that were made keep what they were made for")
    @RequestBody(content = @Content(schema = @Schema(implementation = PackageForm.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PackageJson.class)))
    public Response change(
            @Parameter(schema = @Schema(types = "string")) @PathParam("package") PackageId id,
            JsonNode patch,
            @Context Call call) {
        CreditPackage current = packages.get(call.scope(), id);
        PackageForm wanted = call.patched(PackageForm.of(current), patch, PackageForm.class);
        CreditPackage changed = packages.change(call.scope(), id, wanted.draft(), call.ifMatch());
        return call.ok(PackageJson.of(changed), changed.version());
    }
}

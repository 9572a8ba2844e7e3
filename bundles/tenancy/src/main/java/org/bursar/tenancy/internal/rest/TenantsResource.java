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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Call;
import org.bursar.rest.Caller;
import org.bursar.rest.Requires;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.internal.Brands;
import org.bursar.tenancy.internal.CachedDirectory;
import org.bursar.tenancy.internal.Domains;
import org.bursar.tenancy.internal.StoredTenants;
import org.bursar.tenancy.internal.sql.TenantMapper.BrandRow;
import org.bursar.tenancy.internal.sql.TenantMapper.DomainRow;
import org.jspecify.annotations.Nullable;

/** Tenants over HTTP: the platform's admins create them; their domains and brand are also their own. */
@Path("/tenants")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants")
public final class TenantsResource {
    private static final String READ = "tenants:read";
    private static final String WRITE = "tenants:write";

    private final StoredTenants tenants;
    private final CachedDirectory directory;
    private final OwnTenant own;
    private final Domains domains;
    private final Brands brands;

    TenantsResource(StoredTenants tenants, CachedDirectory directory, Domains domains, Brands brands) {
        this.tenants = tenants;
        this.directory = directory;
        this.own = new OwnTenant(directory);
        this.domains = domains;
        this.brands = brands;
    }

    /** Why a tenant is suspended or resumed, for people. */
    @Schema(name = "TenantReason")
    public record ReasonForm(@Nullable String reason) {}

    /** A host to be added. */
    @Schema(name = "NewDomain")
    public record DomainForm(@Nullable String host) {}

    /** Whether a host's control was checked. */
    @Schema(name = "DomainVerification")
    public record VerifiedForm(@Nullable Boolean verified) {}

    /** A host of a tenant's. */
    @Schema(name = "Domain")
    public record DomainJson(
            String host, boolean verified, @Nullable Instant verifiedAt, Instant createdAt) {
        static DomainJson of(DomainRow row) {
            return new DomainJson(row.host(), row.verifiedAt() != null, row.verifiedAt(), row.createdAt());
        }
    }

    /** A page of them, for the OpenAPI document. */
    @Schema(name = "DomainList")
    public record Listed(List<DomainJson> items, @Nullable String next) {}

    /** How a tenant presents itself. */
    @Schema(name = "Brand")
    public record BrandJson(
            String name,
            @Nullable String colour,
            @Nullable String supportEmail,
            @Nullable String senderAddress) {
        static BrandJson of(BrandRow row) {
            return new BrandJson(row.name(), row.colour(), row.supportEmail(), row.senderAddress());
        }
    }

    @GET
    @Requires(value = READ, level = Requires.Level.PLATFORM)
    @Operation(operationId = "listTenants", summary = "Tenants")
    @ApiResponse(
            responseCode = "200",
            description = "A page, newest first",
            content = @Content(schema = @Schema(implementation = TenantJson.Listed.class)))
    public Response list(@Context Call call) {
        require(call.caller(), READ);
        return call.list(tenants.list(call.scope(), call.page()).map(TenantJson::of));
    }

    private static void require(Caller caller, String permission) {
        if (!caller.may(permission)) {
            throw caller.refusal(permission);
        }
    }

    @POST
    @Requires(value = WRITE, level = Requires.Level.PLATFORM)
    @Operation(
            operationId = "createTenant",
            summary = "Create a tenant with its owner; a sandbox has a clock of its own and takes no real money")
    @ApiResponse(
            responseCode = "201",
            description = "Created; it answers on {slug}.localhost and on its verified domains",
            content = @Content(schema = @Schema(implementation = TenantJson.class)))
    public Response create(@Context Call call, StoredTenants.@Nullable Creation form) {
        require(call.caller(), WRITE);
        return call.once(() -> tenants.create(call.scope(), form).toString(), id -> {
            Tenant tenant = tenants.get(call.scope(), TenantId.fromString(id));
            return call.created("/tenants/" + id, TenantJson.of(tenant), tenant.version());
        });
    }

    @GET
    @Path("/{id}")
    @Requires(value = READ, level = Requires.Level.PLATFORM)
    @Operation(operationId = "getTenant", summary = "One tenant")
    @ApiResponse(
            responseCode = "200",
            description = "The tenant",
            content = @Content(schema = @Schema(implementation = TenantJson.class)))
    public Response get(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id) {
        require(call.caller(), READ);
        Tenant tenant = tenants.get(call.scope(), id);
        return call.ok(TenantJson.of(tenant), tenant.version());
    }

    @PATCH
    @Path("/{id}")
    @Requires(value = WRITE, level = Requires.Level.PLATFORM)
    @Operation(operationId = "editTenant", summary = "Edit a tenant (JSON Merge Patch); slug and unit stay")
    @RequestBody(content = @Content(schema = @Schema(implementation = StoredTenants.Edit.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The tenant as it is now",
            content = @Content(schema = @Schema(implementation = TenantJson.class)))
    public Response edit(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id,
            @Nullable JsonNode patch) {
        require(call.caller(), WRITE);
        if (patch == null) {
            throw new ProblemException(Problems.invalid("", FieldProblems.REQUIRED, "a JSON object is expected"));
        }
        Tenant tenant = tenants.get(call.scope(), id);
        tenants.edit(
                call.scope(),
                id,
                call.ifMatch(),
                call.patched(StoredTenants.Edit.of(tenant), patch, StoredTenants.Edit.class));
        return get(call, id);
    }

    @POST
    @Path("/{id}/suspend")
    @Requires(value = WRITE, level = Requires.Level.PLATFORM)
    @Operation(
            operationId = "suspendTenant",
            summary = "Suspend a tenant: its people and keys read, export and pay; no AI calls, no other changes")
    @ApiResponse(
            responseCode = "200",
            description = "Suspended",
            content = @Content(schema = @Schema(implementation = TenantJson.class)))
    public Response suspend(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id,
            @Nullable ReasonForm form) {
        return suspended(call, id, true, form);
    }

    @POST
    @Path("/{id}/resume")
    @Requires(value = WRITE, level = Requires.Level.PLATFORM)
    @Operation(operationId = "resumeTenant", summary = "Lift a tenant's suspension")
    @ApiResponse(
            responseCode = "200",
            description = "Active",
            content = @Content(schema = @Schema(implementation = TenantJson.class)))
    public Response resume(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id,
            @Nullable ReasonForm form) {
        return suspended(call, id, false, form);
    }

    private Response suspended(Call call, TenantId id, boolean suspended, @Nullable ReasonForm form) {
        require(call.caller(), WRITE);
        String reason = form == null ? null : form.reason();
        return call.once(
                () -> {
                    tenants.setSuspended(call.scope(), id, suspended, call.ifMatch(), reason);
                    return id.toString();
                },
                same -> get(call, id));
    }

    @GET
    @Path("/{id}/domains")
    @Requires(value = "domains:read", level = Requires.Level.CALLER)
    @Operation(operationId = "listDomains", summary = "A tenant's hosts")
    @ApiResponse(
            responseCode = "200",
            description = "A page, by host",
            content = @Content(schema = @Schema(implementation = Listed.class)))
    public Response domains(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id) {
        return call.list(
                domains.list(own.scope(call, id, "domains:read"), call.page()).map(DomainJson::of));
    }

    @POST
    @Path("/{id}/domains")
    @Requires(value = "domains:write", level = Requires.Level.CALLER)
    @Operation(
            operationId = "addDomain",
            summary = "Add a host; it leads to the tenant once the platform's admin has verified it")
    @ApiResponse(
            responseCode = "201",
            description = "Added",
            content = @Content(schema = @Schema(implementation = DomainJson.class)))
    public Response addDomain(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id,
            @Nullable DomainForm form) {
        Scope scope = own.scope(call, id, "domains:write");
        return call.once(() -> domains.add(scope, form == null ? null : form.host()), host -> {
            DomainRow row = domains.get(scope, host);
            return call.created("/tenants/" + id + "/domains/" + host, DomainJson.of(row), row.version());
        });
    }

    @GET
    @Path("/{id}/domains/{host}")
    @Requires(value = "domains:read", level = Requires.Level.CALLER)
    @Operation(operationId = "getDomain", summary = "One host")
    @ApiResponse(
            responseCode = "200",
            description = "The host",
            content = @Content(schema = @Schema(implementation = DomainJson.class)))
    public Response domain(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id,
            @PathParam("host") String host) {
        return domain(call, own.scope(call, id, "domains:read"), host);
    }

    private Response domain(Call call, Scope scope, String host) {
        DomainRow row = domains.get(scope, host);
        return call.ok(DomainJson.of(row), row.version());
    }

    @PUT
    @Path("/{id}/domains/{host}")
    @Requires(value = WRITE, level = Requires.Level.PLATFORM)
    @Operation(
            operationId = "verifyDomain",
            summary = "Say whether the tenant's control of the host was checked; the platform's admin alone")
    @ApiResponse(
            responseCode = "200",
            description = "The host as it is now",
            content = @Content(schema = @Schema(implementation = DomainJson.class)))
    public Response verify(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id,
            @PathParam("host") String host,
            @Nullable VerifiedForm form) {
        require(call.caller(), WRITE);
        if (!directory.exists(id)) {
            throw Problems.notFound();
        }
        Checks checks = new Checks();
        Boolean verified = checks.present("/verified", form == null ? null : form.verified());
        checks.done();
        Scope scope = Scope.of(id, call.scope().actor());
        domains.setVerified(scope, host, Boolean.TRUE.equals(verified));
        return domain(call, scope, host);
    }

    @DELETE
    @Path("/{id}/domains/{host}")
    @Requires(value = "domains:write", level = Requires.Level.CALLER)
    @Operation(operationId = "removeDomain", summary = "Remove a host, which then leads nowhere")
    @ApiResponse(responseCode = "204", description = "Removed")
    public Response removeDomain(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id,
            @PathParam("host") String host) {
        domains.remove(own.scope(call, id, "domains:write"), host, call.ifMatch());
        return Response.noContent().build();
    }

    @GET
    @Path("/{id}/brand")
    @Requires(value = "brand:read", level = Requires.Level.CALLER)
    @Operation(operationId = "getBrand", summary = "How a tenant presents itself")
    @ApiResponse(
            responseCode = "200",
            description = "The brand",
            content = @Content(schema = @Schema(implementation = BrandJson.class)))
    public Response brand(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id) {
        return brand(call, own.scope(call, id, "brand:read"));
    }

    private Response brand(Call call, Scope scope) {
        BrandRow row = brands.get(scope);
        return call.ok(BrandJson.of(row), row.version());
    }

    @PUT
    @Path("/{id}/brand")
    @Requires(value = "brand:write", level = Requires.Level.CALLER)
    @Operation(operationId = "setBrand", summary = "Set how a tenant presents itself")
    @ApiResponse(
            responseCode = "200",
            description = "The brand as it is now",
            content = @Content(schema = @Schema(implementation = BrandJson.class)))
    public Response setBrand(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") TenantId id,
            Brands.@Nullable Form form) {
        Scope scope = own.scope(call, id, "brand:write");
        brands.set(scope, call.ifMatch(), form);
        return brand(call, scope);
    }
}

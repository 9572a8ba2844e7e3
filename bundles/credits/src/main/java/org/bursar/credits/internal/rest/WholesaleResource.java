package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.bursar.credits.Adjustment;
import org.bursar.credits.Wholesale;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** What tenants have with the platform: the tenant reads it, the platform's admins set it, a customer's own callers get 403. */
@Path("/wholesale")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Wholesale", description = "What a tenant has with the platform, out of which its holds are paid")
public final class WholesaleResource {
    private static final String READ = "tenants:read";
    private static final String WRITE = "tenants:write";

    private final Wholesale wholesale;
    private final TenantDirectory tenants;

    WholesaleResource(Wholesale wholesale, TenantDirectory tenants) {
        this.wholesale = wholesale;
        this.tenants = tenants;
    }

    @GET
    @Requires("wallets:read")
    @Operation(operationId = "getOwnWholesale", summary = "What the tenant has with the platform")
    @ApiResponse(
            responseCode = "200",
            description = "The wallet as it is now; 404 where the platform has opened none",
            content = @Content(schema = @Schema(implementation = WholesaleJson.class)))
    public Response own(@Context Call call) {
        return call.ok(WholesaleJson.of(wholesale.get(call.scope())));
    }

    @GET
    @Path("/entries")
    @Requires("wallets:read")
    @Operation(
            operationId = "listWholesaleEntries",
            summary = "The ledger of the tenant's wholesale wallet, newest first")
    @ApiResponse(
            responseCode = "200",
            description = "A page of entries",
            content = @Content(schema = @Schema(implementation = EntryList.class)))
    public Response entries(@Context Call call) {
        return call.list(wholesale.entries(call.scope(), call.page()).map(EntryJson::of));
    }

    @GET
    @Path("/{tenant}")
    @Requires(value = READ, level = Requires.Level.PLATFORM)
    @Operation(operationId = "getWholesale", summary = "What a tenant has with the platform")
    @ApiResponse(
            responseCode = "200",
            description = "The wallet as it is now",
            content = @Content(schema = @Schema(implementation = WholesaleJson.class)))
    public Response get(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("tenant") TenantId tenant) {
        return call.ok(WholesaleJson.of(wholesale.get(of(call, READ, tenant))));
    }

    @PUT
    @Path("/{tenant}")
    @Requires(value = WRITE, level = Requires.Level.PLATFORM)
    @Operation(
            operationId = "setWholesale",
            summary = "Opens a tenant's wholesale wallet or changes its terms",
            description = "From then on holds are taken against it too. A hold keeps the rate of its placing.")
    @ApiResponse(
            responseCode = "200",
            description = "The wallet as it is now",
            content = @Content(schema = @Schema(implementation = WholesaleJson.class)))
    public Response set(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("tenant") TenantId tenant,
            @Nullable WholesaleForm form) {
        Scope scope = of(call, WRITE, tenant);
        return call.ok(WholesaleJson.of(wholesale.set(scope, (form == null ? WholesaleForm.EMPTY : form).checked())));
    }

    @POST
    @Path("/{tenant}/adjustments")
    @Requires(value = WRITE, level = Requires.Level.PLATFORM)
    @Operation(operationId = "adjustWholesale", summary = "Adds what a tenant has paid, or deducts, for a reason")
    @ApiResponse(
            responseCode = "201",
            description = "Posted; the wallet as it is now",
            content = @Content(schema = @Schema(implementation = WholesaleJson.class)))
    public Response adjust(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("tenant") TenantId tenant,
            @Nullable AdjustmentForm form) {
        Scope scope = of(call, WRITE, tenant);
        Adjustment adjustment = (form == null ? AdjustmentForm.EMPTY : form).checked();
        return call.once(
                // the Idempotency-Key is remembered with the effect, so the ledger's own key may be new
                () -> Long.toString(
                        wholesale.adjust(scope, adjustment, UUID.randomUUID()).seq()),
                seq -> {
                    Wholesale.Account account = wholesale.get(scope);
                    return call.created("/wholesale/" + tenant, WholesaleJson.of(account), account.version());
                });
    }

    private Scope of(Call call, String permission, TenantId tenant) {
        if (!call.caller().may(permission)) {
            throw call.caller().refusal(permission);
        }
        if (!tenants.exists(tenant)) {
            throw Problems.notFound();
        }
        return Scope.of(tenant, call.scope().actor());
    }
}

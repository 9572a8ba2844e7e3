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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.credits.NewHold;
import org.bursar.credits.internal.HoldBook;
import org.bursar.credits.internal.HoldOperation;
import org.bursar.credits.internal.WalletHolds;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.bursar.rest.SharedEffect;
import org.jspecify.annotations.Nullable;

/** Holds. */
@Path("/holds")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Holds", description = "Credit that is reserved before something is done")
public final class HoldsResource {
    private final WalletHolds holds;

    /** Placing, settling and releasing are asked by crowds. */
    private final SharedEffect<HoldOperation, Hold> effect;

    HoldsResource(WalletHolds holds, HoldBook book) {
        this.holds = holds;
        effect = new SharedEffect<>(book::run, hold -> hold.id().toString());
    }

    @POST
    @Requires("holds:write")
    @Operation(operationId = "placeHold", summary = "Reserves credit")
    @ApiResponse(
            responseCode = "201",
            description = "Reserved",
            content = @Content(schema = @Schema(implementation = HoldJson.class)))
    public Response place(@Context Call call, @Nullable HoldForm form) {
        NewHold wanted = (form == null ? HoldForm.EMPTY : form).checked();
        return call.once(
                effect,
                holds.asked(call.scope(), wanted),
                hold -> created(call, hold),
                id -> created(call, holds.get(call.scope(), HoldId.fromString(id))));
    }

    @GET
    @Requires("holds:read")
    @Operation(operationId = "listHolds", summary = "Holds, newest first")
    @ApiResponse(
            responseCode = "200",
            description = "A page of holds",
            content = @Content(schema = @Schema(implementation = HoldList.class)))
    public Response list(
            @Context Call call,
            @QueryParam("customer") @Parameter(schema = @Schema(type = "string")) @Nullable CustomerId customer,
            @QueryParam("status")
                    @Parameter(schema = @Schema(allowableValues = {"open", "settled", "released", "expired"}))
                    @Nullable
                    String status) {
        return call.list(holds.list(call.scope(), Optional.ofNullable(customer), status(status), call.page())
                .map(HoldJson::of));
    }

    private static Optional<HoldStatus> status(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        for (HoldStatus status : HoldStatus.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(status);
            }
        }
        throw new ProblemException(
                Problems.invalid("/status", FieldProblems.UNKNOWN_VALUE, "one of open, settled, released, expired"));
    }

    @GET
    @Path("/{id}")
    @Requires("holds:read")
    @Operation(operationId = "getHold", summary = "A hold")
    @ApiResponse(
            responseCode = "200",
            description = "The hold as it is now",
            content = @Content(schema = @Schema(implementation = HoldJson.class)))
    public Response get(@Context Call call, @PathParam("id") HoldId id) {
        return shown(call, holds.get(call.scope(), id));
    }

    @POST
    @Path("/{id}/extend")
    @Requires("holds:write")
    @Operation(operationId = "extendHold", summary = "Lets an open hold last longer, counted from now")
    @ApiResponse(
            responseCode = "200",
            description = "The hold as it is now",
            content = @Content(schema = @Schema(implementation = HoldJson.class)))
    public Response extend(@Context Call call, @PathParam("id") HoldId id, @Nullable ExtensionForm form) {
        int ttlSeconds = (form == null ? ExtensionForm.EMPTY : form).checked();
        return call.once(
                () -> holds.extend(call.scope(), id, ttlSeconds).id().toString(),
                known -> shown(call, holds.get(call.scope(), id)));
    }

    @POST
    @Path("/{id}/settle")
    @Requires("holds:write")
    @Operation(
            operationId = "settleHold",
            summary = "Charges a part of a hold",
            description = "Unless final is false the rest is given back. An expired hold still charges.")
    @ApiResponse(
            responseCode = "200",
            description = "The hold as it is now",
            content = @Content(schema = @Schema(implementation = HoldJson.class)))
    public Response settle(@Context Call call, @PathParam("id") HoldId id, @Nullable SettlementForm form) {
        SettlementForm settlement = form == null ? SettlementForm.EMPTY : form;
        BigDecimal amount = settlement.checked();
        return changed(call, new HoldOperation.Settle(id, amount, settlement.endsIt()), id);
    }

    @POST
    @Path("/{id}/release")
    @Requires("holds:write")
    @Operation(operationId = "releaseHold", summary = "Gives back what a hold reserves")
    @ApiResponse(
            responseCode = "200",
            description = "The hold as it is now",
            content = @Content(schema = @Schema(implementation = HoldJson.class)))
    public Response release(@Context Call call, @PathParam("id") HoldId id) {
        return changed(call, new HoldOperation.Release(id), id);
    }

    private Response changed(Call call, HoldOperation operation, HoldId id) {
        return call.once(
                effect, operation, hold -> shown(call, hold), known -> shown(call, holds.get(call.scope(), id)));
    }

    private static Response created(Call call, Hold hold) {
        return call.created("/holds/" + hold.id(), HoldJson.of(hold), hold.version());
    }

    private static Response shown(Call call, Hold hold) {
        return call.ok(HoldJson.of(hold), hold.version());
    }
}

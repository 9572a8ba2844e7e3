package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
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
import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.credits.internal.LowBalances;
import org.bursar.credits.internal.sql.LowBalanceMapper.AlertRow;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Below which balance a customer's admin is told. */
@Path("/wallets/{customer}/alert")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Wallets")
public final class AlertResource {
    private final LowBalances balances;

    AlertResource(LowBalances balances) {
        this.balances = balances;
    }

    /** What is sent. */
    @Schema(name = "NewBalanceAlert")
    public record AlertForm(
            @Schema(
                    type = "string",
                    example = "25.00",
                    description = "more than zero, at most 6 places; null: nobody is told")
            @Nullable
            BigDecimal below) {}

    /**
     * What is shown.
     *
     * @param toldAt when somebody was told last; null while the balance has not fallen since
     */
    @Schema(name = "BalanceAlert")
    public record AlertJson(
            @Schema(type = "string") @Nullable BigDecimal below,
            @Nullable Instant toldAt) {
        static AlertJson of(@Nullable AlertRow row) {
            return row == null ? new AlertJson(null, null) : new AlertJson(row.below(), row.toldAt());
        }
    }

    @GET
    @Requires("wallets:read")
    @Operation(operationId = "getBalanceAlert", summary = "Below which balance the customer's admin is told")
    @ApiResponse(
            responseCode = "200",
            description = "The alert; below is null when there is none",
            content = @Content(schema = @Schema(implementation = AlertJson.class)))
    public Response get(@Context Call call, @PathParam("customer") CustomerId customer) {
        return answer(call, customer);
    }

    private Response answer(Call call, CustomerId customer) {
        return call.ok(AlertJson.of(balances.get(call.scope(), customer).orElse(null)));
    }

    @PUT
    @Requires("caps:write")
    @Operation(
            operationId = "setBalanceAlert",
            summary = "Have the customer's admin told by mail, once each time that the balance falls below an amount")
    @ApiResponse(
            responseCode = "200",
            description = "The alert as it is now",
            content = @Content(schema = @Schema(implementation = AlertJson.class)))
    public Response set(@Context Call call, @PathParam("customer") CustomerId customer, @Nullable AlertForm form) {
        BigDecimal below = null;
        if (form != null && form.below() != null) {
            Checks checks = new Checks();
            BigDecimal amount = checks.amount("/below", form.below());
            checks.that(amount.signum() > 0, "/below", FieldProblems.OUT_OF_RANGE, "more than zero");
            checks.done();
            below = amount;
        }
        balances.set(call.scope(), customer, below);
        return answer(call, customer);
    }
}

package org.bursar.reporting.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.TenantClocks;
import org.bursar.reporting.Period;
import org.bursar.reporting.Reports;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Reports. {@code from} and {@code to} are instants or dates in UTC; without them it is the present month. */
@Path("/reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
public final class ReportsResource {
    private static final String READ = "reports:read";
    /** What the tenant earns and pays: not among a customer's permissions. */
    private static final String PROFITABILITY = "reports:profitability";

    private final Reports reports;
    private final TenantClocks clocks;

    ReportsResource(Reports reports, TenantClocks clocks) {
        this.reports = reports;
        this.clocks = clocks;
    }

    /** Without dates the present month, by the tenant's clock. */
    private Period period(Call call, @Nullable String from, @Nullable String to) {
        return Period.of(from, to, clocks.of(call.scope().tenant()));
    }

    private Period period(Call call, @Nullable String days, @Nullable String from, @Nullable String to) {
        if (days == null) {
            return period(call, from, to);
        }
        if (from != null || to != null) {
            throw new ProblemException(
                    Problems.invalid("/days", FieldProblems.NOT_HERE, "either days, or from and to"));
        }
        return Period.lastDays(days, clocks.of(call.scope().tenant()));
    }

    @GET
    @Path("/usage")
    @Requires(READ)
    @Operation(operationId = "reportUsage", summary = "What was used, by meter; costs are shown to the tenant alone")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = UsageJson.class)))
    public Response usage(
            @Parameter(schema = @Schema(types = "string")) @QueryParam("customer") @Nullable CustomerId customer,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Context Call call) {
        return call.ok(
                UsageJson.of(reports.usage(call.scope(), Optional.ofNullable(customer), period(call, from, to))));
    }

    @GET
    @Path("/usage-series")
    @Requires(READ)
    @Operation(
            operationId = "reportUsageSeries",
            summary = "What was used over time, by day and meter; costs are shown to the tenant alone",
            description =
                    "By month where the period has more than 62 days, of one customer more than 92; where nothing was used"
                            + " there is no item.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = UsageSeriesJson.class)))
    public Response usageSeries(
            @Parameter(schema = @Schema(types = "string")) @QueryParam("customer") @Nullable CustomerId customer,
            @Parameter(
                            description = "the last so many days, today included, instead of from and to: 1 to 92",
                            schema = @Schema(types = "integer", minimum = "1", maximum = "92"))
                    @QueryParam("days")
                    @Nullable
                    String days,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Context Call call) {
        return call.ok(UsageSeriesJson.of(
                reports.usageSeries(call.scope(), Optional.ofNullable(customer), period(call, days, from, to))));
    }

    @GET
    @Path("/profitability")
    @Requires(PROFITABILITY)
    @Operation(
            operationId = "reportProfitability",
            summary = "What customers were charged against what they cost, the highest charge first")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfitabilityJson.class)))
    public Response profitability(
            @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to, @Context Call call) {
        return call.ok(ProfitabilityJson.of(reports.profitability(call.scope(), period(call, from, to), call.page())));
    }

    @GET
    @Path("/revenue")
    @Requires(PROFITABILITY)
    @Operation(operationId = "reportRevenue", summary = "Approved purchases by day, gateway and currency")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RevenueJson.class)))
    public Response revenue(
            @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to, @Context Call call) {
        return call.ok(RevenueJson.of(reports.revenue(call.scope(), period(call, from, to))));
    }

    @GET
    @Path("/lifetime-value/{customer}")
    @Requires(PROFITABILITY)
    @Operation(
            operationId = "reportLifetimeValue",
            summary = "What a customer has paid in all, by currency",
            description =
                    "The real money of its purchases: what came, less refunds, less what disputes that are open or lost took. inPeriod"
                            + " is the part of the purchases that were approved from from to to.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = LifetimeJson.class)))
    public Response lifetime(
            @PathParam("customer") CustomerId customer,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Context Call call) {
        return call.ok(LifetimeJson.of(customer, reports.lifetime(call.scope(), customer, period(call, from, to))));
    }

    @GET
    @Path("/recurring")
    @Requires(PROFITABILITY)
    @Operation(
            operationId = "reportRecurring",
            summary = "What subscriptions bring each month as they are now, by plan and currency",
            description = "Active and past due ones, with their add-ons; a yearly price counts with a twelfth.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RecurringJson.class)))
    public Response recurring(@Context Call call) {
        return call.ok(RecurringJson.of(reports.recurring(call.scope())));
    }

    @GET
    @Path("/movements")
    @Requires(PROFITABILITY)
    @Operation(
            operationId = "reportMovements",
            summary =
                    "What moved the monthly recurring revenue (MRR), and how many subscriptions there were, by day and currency",
            description =
                    "Opening + newBusiness + expansion + contraction + churn + reactivation = closing; contraction and churn are"
                            + " negative. Days on which nothing moved are left out. Before countedSince nothing was kept; null: all was.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MovementsJson.class)))
    public Response movements(
            @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to, @Context Call call) {
        return call.ok(MovementsJson.of(reports.movements(call.scope(), period(call, from, to))));
    }

    @GET
    @Path("/balances")
    @Requires(PROFITABILITY)
    @Operation(
            operationId = "reportBalances",
            summary = "What customers have as credit and what they owe, as it is now, by unit",
            description = "The balances of all wallets, those of deleted customers too.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = BalancesJson.class)))
    public Response balances(@Context Call call) {
        return call.ok(BalancesJson.of(reports.balances(call.scope())));
    }

    @GET
    @Path("/engagement")
    @Requires(READ)
    @Operation(operationId = "reportEngagement", summary = "How much the AI is talked to")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = EngagementJson.class)))
    public Response engagement(
            @Parameter(schema = @Schema(types = "string")) @QueryParam("customer") @Nullable CustomerId customer,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Context Call call) {
        return call.ok(EngagementJson.of(
                reports.engagement(call.scope(), Optional.ofNullable(customer), period(call, from, to))));
    }
}
